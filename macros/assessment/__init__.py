"""Where a project is and when the rest can be done: states, levels, history, dates. Pure functions.

Comes in: a handbook, a project, a route, a day. Goes out: an assessment and a forecast.
"""
