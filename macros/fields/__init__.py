"""What a field of a record can say, the marks beside it, and how a whole record is read.

Comes in: what the reader found. Goes out: checked values, or problems at their place.
"""
