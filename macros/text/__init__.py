"""Text of YAML files → plain values that know their line and column; problems, and how they are printed.

Comes in: bytes of one file. Goes out: a `Source` with values and places, or every `Problem` with its text. Nothing
here knows what the values mean.
"""
