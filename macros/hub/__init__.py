"""What a hub gathers from the sites of several regions, and what it makes of it.

Comes in: the addresses of the regions, or the copies of their documents that are kept in `data/`. Goes out: copies, and
the projects, bottlenecks, demand, differences and months of all regions as plain records. No HTML. Whatever comes from
another site is text of strangers: it is bounded, checked against our own records, never run, and never an address.
"""
