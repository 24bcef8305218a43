"""Changing files that people write by hand: their text as little as possible, and the file as a whole or not at all.

Comes in: the text of a file and what is to change, or a path and bytes. Goes out: the new text, or the file on disk.
Whole folders, of a site and of an export, take the place of earlier ones here too.
Nothing here knows what the values mean.
"""
