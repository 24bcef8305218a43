"""What a page written by hand may hold: calls of our macros, links, and nothing that runs; and how pages fit a phone.

Comes in: the text of a page or file. Goes out: calls, links, and `Problem`s, or the page again. Pure functions; no page
is read here.
"""
