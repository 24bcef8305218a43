"""The description of the tables, as a data package of Frictionless: `api/v1/datapackage.json`."""

import json
from collections.abc import Iterator
from typing import Any

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.outputs.api.published import FOLDER, head, licence_of_all
from macros.outputs.identity import site_name
from macros.outputs.tables.csv_files import BETWEEN, ENCODING, path_of
from macros.outputs.tables.table import Table
from macros.outputs.tables.tables import tables

PATH = f"{FOLDER}datapackage.json"


def datapackage_file(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the description: path in the site, content."""
    yield PATH, (json.dumps(datapackage(portfolio, site), ensure_ascii=False, indent=1) + "\n").encode()


def datapackage(portfolio: Portfolio, site: str) -> dict[str, Any]:
    """Describe every table with its columns, its key and what its rows point to."""
    licence, book = licence_of_all(portfolio), portfolio.handbook
    about = head(portfolio, site, PATH, licence)
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "name": "navigator",
        "id": about["uri"],
        "title": site_name(book),
        "description": "Levels, findings, gaps and history of projects, and the items of the checklists. A text that "
        "begins as a formula does has an apostrophe before it.",
        "homepage": site,
        "version": book.frame.edition,
        "navigator": {name: about[name] for name in ("version", "revision", "uri", "region", "edition", "day")},
        **({"licenses": [{"title": licence.title, "path": licence.address}]} if licence else {}),
        "resources": [_resource(table, book) for table in tables(book)],
    }


def _resource(table: Table, book: Handbook) -> dict[str, Any]:
    fields = [_field(table, number) for number in range(len(table.columns))]
    pointers = [
        {"fields": [*each.columns], "reference": {"resource": each.table, "fields": [*each.others]}}
        for each in table.pointers
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path_of(table).removeprefix(FOLDER),
        "title": f"{table.name.capitalize()}, edition {book.frame.edition}",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": ENCODING,
        "dialect": {"delimiter": BETWEEN},
        "schema": {
            "fields": fields,
            "primaryKey": [*table.key],
            **({"foreignKeys": pointers} if pointers else {}),
            "missingValues": [""],
        },
    }


def _field(table: Table, number: int) -> dict[str, Any]:
    column = table.columns[number]
    required = {"constraints": {"required": True}} if column.name in table.key else {}
    return {"name": column.name, "type": column.kind, "description": column.about, **required}
