"""The site: the MkDocs hook, the pages that are made, layout, policy, branding and export.

The only package that knows MkDocs.
"""
