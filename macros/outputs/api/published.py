"""What all documents of the API share: how they are read and written, and what each says first."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.status_file import Project, ProjectKind

FOLDER = "api/v1/"
REVISION = "1.1"
"""The second number grows with each field that is added; see tests/outputs/published/."""

DAY = r"^\d{4}-\d\d-\d\d$"
MONTH = r"^\d{4}-\d\d$"
EDITION = r"^v\d{4}\.\d{1,3}$"


class Published(BaseModel):
    """A part of a document; fields of a later revision are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class LicenceRecord(Published):
    """A licence."""

    title: str = Field(description="What it is called.")
    address: str = Field(description="Where it can be read: https://…")


CONTENT = LicenceRecord(title="CC BY 4.0", address="https://creativecommons.org/licenses/by/4.0/")
"""That of the shared handbook, as LICENSE-CONTENT.md says. It never covers a real project."""


class Head(Published):
    """What each document says first."""

    version: Literal[1] = Field(description="Fields are only added within a version.")
    revision: str = Field(pattern=r"^1\.\d+$", description="The second number grows when fields are added.")
    uri: str = Field(description="The address of this file.")
    site: str = Field(description="The address of the site.")
    region: str | None = Field(description="The region of the site; null where it has none.")
    edition: str = Field(pattern=EDITION, description="The edition of the checklists.")
    day: str = Field(pattern=DAY, description="The day that it was computed for.")
    licence: LicenceRecord | None = Field(description="The licence of this file; null: its authors have stated none.")


def head(portfolio: Portfolio, site: str, path: str, licence: LicenceRecord | None) -> dict[str, Any]:
    """Give the fields of a head by name."""
    book = portfolio.handbook
    return {
        "version": 1,
        "revision": REVISION,
        "uri": site + path,
        "site": site,
        "region": book.region.name if book.region else None,
        "edition": book.frame.edition,
        "day": str(portfolio.day),
        "licence": licence,
    }


def own_licence(book: Handbook) -> LicenceRecord | None:
    """Give the licence that a region has stated for what it publishes."""
    licence = book.region.licence if book.region else None
    return LicenceRecord(title=licence.title, address=licence.address) if licence else None


def licence_of(book: Handbook, project: Project) -> LicenceRecord | None:
    """Give the licence of a project: an example has that of the shared handbook, another what its region has stated."""
    return own_licence(book) if project.kind is ProjectKind.PROJECT else CONTENT


def licence_of_all(portfolio: Portfolio) -> LicenceRecord | None:
    """Give the licence of the projects of a site taken together."""
    book = portfolio.handbook
    real = (
        book.region or portfolio.levels_only or any(project.kind is ProjectKind.PROJECT for project in portfolio.shown)
    )
    return own_licence(book) if real else CONTENT


def as_json(document: Published) -> str:
    """Write a document, the same for the same projects."""
    return json.dumps(document.model_dump(), ensure_ascii=False, separators=(",", ":")) + "\n"


def schema_text(schema: Mapping[str, object]) -> bytes:
    """Write the schema of something that is published."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return (json.dumps({**head, **schema}, ensure_ascii=False, indent=1) + "\n").encode()
