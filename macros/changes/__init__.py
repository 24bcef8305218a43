"""What differs between two handbooks: comparison of revisions, the upgrade report, and what a region has reviewed.

Comes in: two handbooks, or a Git revision. Goes out: records, and the same as Markdown or JSON.
"""
