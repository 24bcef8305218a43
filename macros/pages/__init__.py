"""What a page written by hand may hold: calls of our macros, links, and nothing that runs.

Comes in: the text of a page or file. Goes out: calls, links, and `Problem`s. Pure functions; no page is read here.
"""
