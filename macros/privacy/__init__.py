"""What must never stand in a public file: numbers and addresses of people, and secrets.

Comes in: a `Source`. Goes out: a `Problem` for each place, which never repeats what was found.
"""
