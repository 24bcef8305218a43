"""What the pages show of the checklists: one function per view, ids in, HTML or Markdown out.

Comes in: a context, and what the page is about. Goes out: pages of areas, stages, partners, products and sources.
"""
