"""Files for programs: the API, calendars, the feed, schemas and first files.

Comes in: a portfolio. Goes out: pairs of path and bytes. No HTML, and no view.
"""
