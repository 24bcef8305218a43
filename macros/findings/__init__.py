"""What will hold a project up: general rules and the named rules of the checklists, each finding with its facts.

Comes in: an assessment and a forecast. Goes out: findings with severity, items and sentences.
"""
