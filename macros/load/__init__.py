"""A folder → a `Handbook`, or every `Problem` at once.

The only package below the site and the command line that reads files.
"""
