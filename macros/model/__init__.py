"""The records that files are read into, and the handbook that they make up together.

Comes in: plain values. Goes out: frozen records, or what does not fit; layers are laid over the shared checklists here.
"""
