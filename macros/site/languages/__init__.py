"""The site in several languages: which ones, a build for each, its guides, and the way from a page to the same page.

The first language is at the root of the site, each further one below a folder of its name.
"""
