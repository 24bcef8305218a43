"""What is published as data: `api/v1/index.json` lists it, and `api/v1/openapi.json` describes how it is fetched."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import Field
from pydantic.json_schema import models_json_schema

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.outputs.api import checklist, demand, project, projects, region
from macros.outputs.api.published import FOLDER, REVISION, Head, Published, as_json, head, licence_of_all, schema_text
from macros.outputs.api.records import ChecklistDocument
from macros.outputs.identity import site_name
from macros.outputs.tables import datapackage, workbook
from macros.outputs.tables.csv_files import path_of
from macros.outputs.tables.tables import tables
from macros.text.messages import N_

PATH = f"{FOLDER}index.json"
SCHEMA = f"{FOLDER}index.schema.json"
OPENAPI = f"{FOLDER}openapi.json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileRecord(Published):
    """One file."""

    path: str = Field(description="Its path below the address of the site.")
    uri: str = Field(description="Its address.")
    about: str = Field(description="What it holds.")
    type: str = Field(description="Its media type.")
    schema_uri: str | None = Field(description="The address of its JSON schema; null where it has none.")


class IndexDocument(Head):
    """Everything that this site publishes as data. The files of projects are named in `projects.json`."""

    title: str = Field(description="What the site is called.")
    contact: str | None = Field(description="A mailbox of the site; null where it names none.")
    files: list[FileRecord] = Field(description="The files.")


class Listed(NamedTuple):
    """A file, and the record of a document in JSON."""

    path: str
    about: str
    media: str = "application/json"
    schema: str | None = None
    record: type[Published] | None = None


ONE_PROJECT = Listed(
    f"{FOLDER}projects/{{id}}.json",
    N_("One project: the team's answers, and for each route levels, findings, dates, outlook, next moves and history."),
    schema=project.SCHEMA,
    record=project.ProjectDocument,
)


def listed(book: Handbook) -> list[Listed]:
    """List what a site publishes as data, without the files of projects."""
    documents = [
        Listed(PATH, N_("This list."), schema=SCHEMA, record=IndexDocument),
        Listed(
            projects.PATH,
            N_("A summary of each project on each of its routes, and the address of its file."),
            schema=projects.SCHEMA,
            record=projects.Document,
        ),
        Listed(
            checklist.PATH,
            N_(
                "The checklists as they are asked on this site: items, gates, owners, lead times, requirements, "
                "sources, rules, and what layers have changed."
            ),
            schema=checklist.SCHEMA,
            record=ChecklistDocument,
        ),
        Listed(
            demand.PATH,
            N_("Demand on shared facilities by quarter."),
            schema=demand.SCHEMA,
            record=demand.DemandDocument,
        ),
    ]
    about = N_("What the region provides, who decides there, and what differs from the shared checklists.")
    own = [Listed(region.PATH, about, schema=region.SCHEMA, record=region.RegionDocument)] if book.region else []
    flat = [Listed(path_of(table), table.about, "text/csv") for table in tables(book)]
    return [
        *documents,
        *own,
        *flat,
        Listed(workbook.PATH, N_("The same tables as one workbook, without the gaps."), XLSX),
        Listed(datapackage.PATH, N_("A description of the tables, as a Frictionless data package.")),
        Listed(OPENAPI, N_("A description of all files, as OpenAPI 3.1.")),
    ]


def index_files(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the list, its schema, and the description: path in the site, content."""
    yield PATH, as_json(index(portfolio, site)).encode()
    yield SCHEMA, schema_text(IndexDocument.model_json_schema())
    yield OPENAPI, (json.dumps(openapi(portfolio, site), ensure_ascii=False, indent=1) + "\n").encode()


def index(portfolio: Portfolio, site: str) -> IndexDocument:
    """List what a site publishes as data."""
    book = portfolio.handbook
    return IndexDocument(
        **head(portfolio, site, PATH, licence_of_all(portfolio)),
        title=site_name(book),
        contact=book.region.site.mail if book.region else None,
        files=[
            FileRecord(
                path=each.path,
                uri=site + each.path,
                about=each.about,
                type=each.media,
                schema_uri=site + each.schema if each.schema else None,
            )
            for each in listed(book)
        ],
    )


def dataset(portfolio: Portfolio, site: str) -> dict[str, Any]:
    """Describe the data as schema.org does."""
    found = index(portfolio, site)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": found.uri,
        "name": f"Data of {found.title}",
        "description": "Cell and gene therapy projects on three tracks: levels, findings, open items with dates and "
        "history, with the checklists that they answer.",
        "url": f"{site}data/",
        "version": found.edition,
        "dateModified": found.day,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        **({"license": found.licence.address} if found.licence else {}),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": file.uri, "encodingFormat": file.type, "description": file.about}
            for file in found.files
        ],
    }


def openapi(portfolio: Portfolio, site: str) -> dict[str, Any]:
    """Describe how every file is fetched. There is nothing else: no search, no key, nothing to send."""
    book, licence = portfolio.handbook, licence_of_all(portfolio)
    files = [*listed(book), ONE_PROJECT]
    records = [each.record for each in files if each.record]
    _, schemas = models_json_schema(
        [(record, "serialization") for record in records], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Data of {site_name(book)}",
            "version": REVISION,
            "summary": "Files that are made anew with every build.",
            **({"license": {"name": licence.title, "url": licence.address}} if licence else {}),
        },
        "servers": [{"url": site.removesuffix("/") or "/"}],
        "paths": {f"/{each.path}": {"get": _operation(each)} for each in files},
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(each: Listed) -> dict[str, Any]:
    name = each.path.removeprefix(FOLDER).replace("/{id}", "-id").replace(".", "-")
    schema = {"schema": {"$ref": f"#/components/schemas/{each.record.__name__}"}} if each.record else {}
    place = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": name,
        "summary": each.about,
        **({"parameters": [place | {"description": "The name of the project."}]} if "{id}" in each.path else {}),
        "responses": {"200": {"description": each.about, "content": {each.media: schema}}},
    }
