"""The page *Start a project*, how to report an item, and the command that writes a first file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from macros.answers import StatusFile
from macros.files import RESERVED
from macros.handbook import Handbook
from macros.kinds import nearest
from macros.load import survey
from macros.problems import shape
from macros.reader import read
from macros.start import Choice, blank, choices, donors, forge_of, new_file_address, report_lines, skeleton
from macros.view import View, late
from macros.words import as_word, is_word

FILE = "projects/my-project.yml"


class Offer(NamedTuple):
    """One first file: where it can be downloaded, and the forge's page that begins it."""

    choice: Choice
    file: str
    address: str


class StartViews(View):
    """Views of how a project starts and how an item is reported."""

    @late
    def start(self) -> Markup:
        """Offer a first file for every product and route, and show one of them."""
        rows: dict[tuple[str, str | None], list[Offer]] = {}
        offers = [self._offer(choice) for choice in choices(self.handbook)]
        for offer in offers:
            rows.setdefault((offer.choice.modality, offer.choice.donor), []).append(offer)
        return self.render(
            "start",
            rows=rows,
            linked=all(offer.address for offer in offers),
            filled=all("&value=" in offer.address for offer in offers),
            example=offers[0].choice,
            text=blank(self.handbook, offers[0].choice, self.day),
        )

    def _offer(self, choice: Choice) -> Offer:
        """Say where a first file is to be had; the forge gets the name alone where the text is too long."""
        forge = forge_of(self.edit_uri)
        text = blank(self.handbook, choice, self.day, short=True)
        address = new_file_address(forge, FILE, text) or new_file_address(forge, FILE)
        return Offer(choice, self.file(choice.path), address)

    @late
    def project_report(self, _: str) -> Markup:
        """Say how a change of a project is reported."""
        return self.render("project_report")

    @late
    def report_item(self, name: str) -> Markup:
        """Show the line to write for each status of an item, folded; kept, as many projects show it."""
        if name not in self._reports:
            item = self.handbook.items[name]
            lines = report_lines(item, self.day).values()
            self._reports[name] = self.render("start_report", item=item, lines=lines)
        return self._reports[name]

    @cached_property
    def _reports(self) -> dict[str, Markup]:
        return {}


def new_file(
    root: Path,
    name: str,
    *,
    modality: str,
    routes: Sequence[str],
    lead: str,
    day: date,
    donor: str | None = None,
    title: str = "",
    upto: int | None = None,
    home: Path | None = None,
) -> Path:
    """Write the first file of a project to `projects/` and return its path.

    Args:
        home: The folder that holds `region/` and its projects, where that is not `root`.

    Raises:
        ValueError: a plain sentence; nothing has been written then.
    """
    path = _free(root, home or root, name)
    handbook, _ = survey(root, day, [f"projects/{path.name}"], home)
    if handbook is None:
        raise ValueError("The checklists have problems. Run `python -m macros check` first.")
    routes = list(dict.fromkeys(routes))
    _known(handbook, modality, donor, routes, lead, upto)
    title = title or name.replace("-", " ").capitalize()
    text = skeleton(handbook, title=title, modality=modality, donor=donor, routes=routes, lead=lead, day=day, upto=upto)
    _check_title(path, text)
    _put(path, text.encode())
    return path


def _free(root: Path, home: Path, name: str) -> Path:
    """Give the path of a new project, if its name can be used."""
    if not is_word(name):
        near = as_word(name)
        rule = "small letters a to z, digits and single hyphens, a letter first, at most 48 characters"
        raise ValueError(f'"{name}" cannot be the name of a file. Write ' + (f'"{near}".' if near else f"{rule}."))
    if name in RESERVED:
        raise ValueError(f'"{name}" is a name that the site needs itself. Choose another.')
    there = [path for base in (root, home) for path in (base / "projects").rglob("*.yml")]
    if any(path.stem.casefold() == name for path in there):
        raise ValueError(_taken(name))
    return home / "projects" / f"{name}.yml"


def _taken(name: str) -> str:
    return f'There is a project "{name}" already. Choose another name, or edit its file.'


def _known(
    handbook: Handbook, modality: str, donor: str | None, routes: Sequence[str], lead: str, upto: int | None
) -> None:
    """Refuse words that the checklists do not have."""
    frame = handbook.frame
    _one_of("modality", modality, frame.modalities)
    for route in routes or [""]:
        _one_of("route", route, frame.routes)
    _one_of("partner", lead, frame.partners)
    settled, possible = frame.modalities[modality].donor, donors(handbook, modality)
    if possible and not donor:
        raise ValueError(f"It is not said whose cells are used. Add --donor {' or --donor '.join(possible)}.")
    if donor:
        _one_of("donor of this modality", donor, possible or [str(settled)])
    if upto is not None and upto not in frame.stages:
        raise ValueError(f"{upto} is not a stage. Stages are {', '.join(map(str, frame.stages))}.")


def _one_of(what: str, word: str, words: Iterable[str]) -> None:
    if word not in (known := list(words)):
        near = nearest(word, known)
        raise ValueError(f'"{word}" is not a {what}. Write ' + (f'"{near}".' if near else f"{' or '.join(known)}."))


def _check_title(path: Path, text: str) -> None:
    """Refuse a title that the file could not be read with; nothing else in it is free text."""
    try:
        source, problems = read(f"projects/{path.name}", text.encode())
    except UnicodeEncodeError:
        raise ValueError("The title holds a letter that cannot be saved as UTF-8.") from None
    found = problems or shape(StatusFile, source)
    if isinstance(found, list):
        raise ValueError(f"The title cannot be used: {found[0].sentence}.")


def _put(path: Path, content: bytes) -> None:
    """Write a whole new file or none. A link, unlike a rename, never replaces what is there."""
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(content)
        path.hardlink_to(draft)
    except FileExistsError:
        raise ValueError(_taken(path.stem)) from None
    finally:
        draft.unlink(missing_ok=True)
