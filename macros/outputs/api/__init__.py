"""The static API, version 1: documents in JSON below `api/v1/`, each with its schema beside it.

Comes in: a portfolio and the address of the site. Goes out: pairs of path and bytes.
Within version 1 fields are only added, so that whoever reads the documents today can read them tomorrow.
"""
