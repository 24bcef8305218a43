"""What pages show: one method per macro; it decides everything, and `templates/` hold no arithmetic.

Comes in: a portfolio and the address of the page. Goes out: HTML, or Markdown where headings are needed.
"""
