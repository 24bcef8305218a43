"""Pictures of a project's levels for other pages and for slides: SVG files that load nothing and run nothing.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes.
"""
