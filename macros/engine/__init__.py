"""Where projects stand, what will hold them up and what to do next. Pure functions; the day is an argument.

Comes in: a handbook, a project, a route, a day. Goes out: levels, findings, dates, moves and history.
"""
