"""What a site publishes → a record of ours and the fields that we do not know, or one sentence. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from macros.hub.bounds import Unfit, shown, values_of
from macros.hub.rows import with_levels
from macros.outputs.api.projects import PATH as PROJECTS_PATH
from macros.outputs.api.projects import Document, ProjectSummary
from macros.outputs.api.published import EDITION, Published
from macros.outputs.api.region import PATH as REGION_PATH
from macros.outputs.api.region import RegionDocument

VERSION = 1
MOST_UNKNOWN = 20
"""Names of unknown fields that are kept."""

D = TypeVar("D", bound=Published)


@dataclass(frozen=True)
class Read(Generic[D]):
    """A document that was read.

    Attributes:
        unknown: The names of fields that this version does not know, such as `projects.colour`.
    """

    document: D
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Scale:
    """The tracks and the number of stages of the hub's edition; other levels cannot be shown on it."""

    tracks: frozenset[str]
    stages: int


def read_projects(raw: bytes, scale: Scale) -> Read[Document]:
    """Read `projects.json`.

    Raises:
        Unfit: why it is not used.
    """
    found = _read(raw, Document)
    try:
        everyone = [*found.document.projects, *map(with_levels, found.document.levels_only)]
    except ValidationError:
        raise Unfit("The document has a level below 0.") from None
    rows = Counter((project.id, project.route) for project in everyone)
    if twice := [name for (name, _), count in rows.items() if count > 1]:
        raise Unfit(f'The document has the project "{shown(twice[0])}" twice on one route.')
    if found.document.stages != scale.stages:
        raise Unfit(f"The document has {found.document.stages} stages, and this hub has {scale.stages}.")
    for project in everyone:
        _refuse_other_scale(project, scale)
    return found


def _refuse_other_scale(project: ProjectSummary, scale: Scale) -> None:
    """Refuse an edition that is none, and levels that cannot be shown on the scale of the hub."""
    if any(said and not re.fullmatch(EDITION, said) for said in (project.checklist, project.edition)):
        raise Unfit(f'The document gives "{shown(project.id)}" an edition that is none.')
    if project.tracks.keys() != scale.tracks:
        raise Unfit(f'The document gives "{shown(project.id)}" other tracks than those of this hub.')
    if any(track.level > scale.stages for track in project.tracks.values()):
        raise Unfit(f'The document gives "{shown(project.id)}" a level above {scale.stages}, the last stage.')


def read_region(raw: bytes, _: Scale) -> Read[RegionDocument]:
    """Read `region.json`.

    Raises:
        Unfit: why it is not used.
    """
    return _read(raw, RegionDocument)


READERS: dict[str, Callable[[bytes, Scale], Read[Any]]] = {"projects.json": read_projects, "region.json": read_region}
PATHS = {"projects.json": PROJECTS_PATH, "region.json": REGION_PATH}
"""File of a copy → path of the document on its site."""


def _read(raw: bytes, record: type[D]) -> Read[D]:
    value = values_of(raw)
    if not isinstance(value, dict):
        raise Unfit("The document is not an object of names and values.")
    version = value.get("version")
    if isinstance(version, int) and version != VERSION:
        raise Unfit(f"The document has version {version}. This hub reads version {VERSION}.")
    try:
        document = record.model_validate(value, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = shown(".".join(map(str, first["loc"])) or "its beginning")
        raise Unfit(f"The document does not fit its schema at {place}: {first['msg'].lower()}.") from None
    unknown = dict.fromkeys(_unknown(value, document.model_dump(), ""))
    if not _is_day(getattr(document, "day", "")):
        raise Unfit("The document has a day that does not exist.")
    return Read(document, tuple([shown(name) for name in unknown][:MOST_UNKNOWN]))


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _unknown(value: Any, known: Any, place: str) -> Iterator[str]:
    """Name the fields of a document that its record has passed over."""
    if isinstance(value, dict) and isinstance(known, dict):
        for name, inner in value.items():
            here = f"{place}.{name}".lstrip(".")
            if name in known:
                yield from _unknown(inner, known[name], here)
            else:
                yield here
    elif isinstance(value, list) and isinstance(known, list):
        for inner, mine in zip(value, known, strict=True):
            yield from _unknown(inner, mine, place)
