"""All that is said of a project: its report with findings and next moves, the portfolio, demand on facilities.

Comes in: a handbook, a project, a route, a day, which is an argument. Goes out: reports. Pure functions.
"""
