"""Flat tables of what the API holds, for spreadsheets and statistics: CSV, a workbook, and their description.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes.
"""
