"""The words of the interface: those marked in templates, Python and scripts → entries of a catalogue. For a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from babel.messages.extract import extract

from macros.language.catalogue import Entry
from macros.language.explained import explanations
from macros.language.translated import INTERFACE, PROBLEMS, REPORTS
from macros.text.messages import MESSAGE

WHERE = (
    ("macros", "*.j2", "jinja2"),
    ("macros", "*.py", "python"),
    ("macros/site/theme", "*.html", "jinja2"),
    ("docs/assets", "*.js", "javascript"),
    (".github/scripts", "*.py", "python"),
)
"""Folder, names of files, and what Babel calls the way of reading them."""

APART = {REPORTS: ("macros/changes/", "macros/outputs/project_text.py", "macros/cli/visit.py", ".github/scripts/")}
"""Catalogue → where the words are that no page shows; a word that pages have too is theirs."""

KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
OF_MESSAGES: dict[str, Any] = {"M_": None, "MM_": (1, 2)}
"""The marks of messages, which are in a catalogue of their own."""
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def words(root: Path) -> dict[str, list[Entry]]:
    """List the marked words below a repository by the catalogue that has them, in the order of files and lines."""
    listed: dict[str, list[Entry]] = {INTERFACE: [], **{name: [] for name in APART}}
    for entry in _entries(chain(_messages(root), _settings(root))):
        listed[_catalogue(entry.places)].append(entry)
    return {**listed, PROBLEMS: [*_entries(_of_check(root)), *explanations()]}


def _entries(marked: Iterable[tuple[str, str | None, Any]]) -> list[Entry]:
    """Put together what is marked in several places."""
    found: dict[tuple[str, str], Entry] = {}
    for file, context, message in marked:
        one, many = message if isinstance(message, tuple) else (message, "")
        entry = found.setdefault((context or "", one), Entry(context or "", one, many))
        entry.many = entry.many or many
        if file not in entry.places:
            entry.places = (*entry.places, file)
    return [*found.values()]


def _catalogue(places: tuple[str, ...]) -> str:
    """Name the catalogue of a word by the files that have it."""
    apart = (name for name, files in APART.items() if all(place.startswith(files) for place in places))
    return next(apart, INTERFACE)


def _messages(root: Path) -> Iterator[tuple[str, str | None, Any]]:
    """Yield the file, the context and the text of each mark."""
    for folder, names, method in WHERE:
        for path in sorted((root / folder).rglob(names)):
            with path.open("rb") as file:
                for _, message, _, context in extract(method, file, KEYWORDS, (), OPTIONS):
                    if message and message not in ("…", ("…", "…")):
                        yield path.relative_to(root).as_posix(), context, message


def _of_check(root: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield the same of each mark of a message."""
    for path in sorted((root / "macros").rglob("*.py")):
        content = path.read_bytes()
        if b"M_(" in content:
            for _, message, *_ in extract("python", BytesIO(content), OF_MESSAGES, (), OPTIONS):
                if message:
                    yield path.relative_to(root).as_posix(), MESSAGE, message


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, but for what it takes from the environment."""


_Loader.add_constructor("!ENV", lambda *_: None)
SETTINGS = ("site_name", "site_description", "copyright")


def _settings(root: Path) -> Iterator[tuple[str, str | None, str]]:
    """Yield the words of mkdocs.yml: what the head says of the site, the titles of the navigation, the toggles."""
    file = "mkdocs.yml"
    settings = _Loader((root / file).read_text("utf-8")).get_single_data()
    for name in SETTINGS:
        yield file, None, settings[name]
    for title in _titles(settings["nav"]):
        yield file, NAVIGATION, title
    for palette in settings["theme"]["palette"]:
        yield file, None, palette["toggle"]["name"]


NAVIGATION = "navigation"
"""The context of titles of the navigation."""


def _titles(nav: Any) -> Iterator[str]:
    """List the titles of a navigation."""
    for entry in nav if isinstance(nav, list) else ():
        for title, below in entry.items() if isinstance(entry, dict) else ():
            yield title
            yield from _titles(below)
