"""What is published as it was written: pages, pictures and tables of docs/ and of a region, each looked at once."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from macros.load.catalogues import LANGUAGES, offered, pages_of
from macros.model.handbook import Handbook
from macros.pages.calls import asks_for_macros, misread
from macros.pages.links import links, on_site
from macros.pages.markup import running, running_asset
from macros.pages.places import Places
from macros.privacy.scan import private_data, private_name
from macros.text.messages import M_
from macros.text.problem import WARNING, Problem, kind, nearest, write
from macros.text.source import Source

MOST_BYTES = 1024 * 1024
PICTURES = frozenset(["png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff", "woff2"])
OF_THE_SITE = ("docs/assets/", "docs/schema/")
"""Folders of docs/ with the site's own scripts and schemas, which developers own."""

VENDORED = "docs/assets/vendor/"
"""Files of other projects, with the names and addresses of their authors."""

MADE_FOR_A_REGION = frozenset(("set-up.md", "differences.md", "imprint.md", "accessibility.md"))
"""Pages that are made for every region, by their names in region/pages/."""


class Published(NamedTuple):
    """One file that is published as it is: its path in the repository, and where it lies."""

    file: str
    path: Path

    @property
    def of_region(self) -> bool:
        """Whether it belongs to a region, here or as an example in docs/."""
        return self.file.startswith(("region/", "docs/regions/skane/"))

    @property
    def is_page(self) -> bool:
        """Whether it becomes a page."""
        return self.file.endswith(".md")


class Around(NamedTuple):
    """What the pages of a site are judged by, gathered once for all of them.

    Attributes:
        known: What an argument of a macro names → the words that exist.
        there: The paths of all pages and files of the site, seen from docs/.
        moved: Former path of a page → its present one.
        is_file: Whether a path of the repository is a file.
    """

    known: Mapping[str, Collection[str]]
    there: Collection[str]
    moved: Mapping[str, str]
    is_file: Callable[[str], bool]


def published(root: Path, home: Path) -> Iterator[Published]:
    """List the files of docs/, of its translations and of region/ that are published as they are, in a fixed order."""
    translated = [(root, f"{LANGUAGES}/{code}/docs") for code in offered(root)]
    own = [(home, folder) for folder in ("region/pages", "region/assets", *map(pages_of, offered(root)))]
    for base, folder in ((root, "docs"), *translated, *own):
        top = base / folder
        for path in sorted(top.rglob("*")) if top.is_dir() and not top.is_symlink() else ():
            name = path.relative_to(base).as_posix()
            if (
                path.is_file()
                and not name.startswith(VENDORED)
                and not path.is_symlink()
                and not any(part.startswith(".") for part in name.split("/"))
            ):
                yield Published(os.fsencode(name).decode("utf-8", "replace"), path)


def pages(
    root: Path, home: Path, book: Handbook | None, projects: Collection[str], only: Collection[str] = ()
) -> Iterator[Problem]:
    """Find what is wrong with the files that are published as they are.

    Args:
        root: The folder that holds docs/.
        home: The folder that holds region/.
        book: What macros may name; None where the checklists cannot be used.
        projects: The names of all projects.
        only: The files to look at; empty for all.
    """
    known = _known(book, projects) if book else {}
    files = [*published(root, home)]
    written = {one.file.removeprefix("docs/").replace("region/pages/", "region/", 1) for one in files}
    around = Around(
        known,
        written | _made(known),
        book.moved if book else {},
        lambda path: (home / path).is_file() or (root / path).is_file(),
    )
    for one in files:
        if not only or one.file in only:
            yield from _judged(one, around)


def _judged(one: Published, around: Around) -> Iterator[Problem]:
    if named := [*private_name(one.file)]:
        yield from named
        return
    raw = one.path.read_bytes()
    text = _text_of(raw[: MOST_BYTES + 1])
    if text is None or len(raw) > MOST_BYTES:
        yield from unreadable(one, text is not None)
        return
    source = Source(one.file, text)
    if private := [*private_data(source)]:  # first and alone: other messages may repeat a line
        yield from private
    elif one.is_page:
        yield from running(source)
        if not one.of_region or asks_for_macros(text):
            yield from misread(source, around.known)
        if one.file.startswith("region/"):
            yield from page_name(source.file)
            yield from page_links(source, around.there, around.is_file, around.moved)
    elif not one.file.startswith(OF_THE_SITE) or one.file.endswith(".svg"):
        yield from running_asset(source)


def _text_of(raw: bytes) -> str | None:
    """Read bytes as text; None where they are none."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = raw.decode(encoding, "replace")
    return None if "\0" in text or text.count("\ufffd") > len(text) // 20 else text


@kind("unreadable-file")
def unreadable(one: Published, is_text: bool) -> Iterator[Problem]:
    """A file that is published is a text or a picture that the check can look into.

    In other files, such as PDF documents or workbooks, names, numbers and passwords would be published unseen. If the
    file must be there, let a second person read all of it first, with its properties and comments.
    """
    if is_text or one.file.rpartition(".")[2].lower() not in PICTURES:
        what = M_("this text is too large to be looked into") if is_text else M_("the check cannot look into this file")
        fix = M_("let somebody read all of it before it is published, or publish it as a page")
        yield Problem(one.file, 0, 0, "unreadable-file", what, fix, severity=WARNING)


def _known(book: Handbook, projects: Collection[str]) -> dict[str, Collection[str]]:
    frame = book.frame
    return {
        "item": book.every_item.keys() | book.retired.keys(),
        "source": book.references.keys(),
        "stage": [str(number) for number in frame.stages],
        "area": book.areas.keys(),
        "partner": frame.partners.keys(),
        "modality": frame.modalities.keys(),
        "route": frame.routes.keys(),
        "project": projects,
    }


@kind("page-name")
def page_name(file: str) -> Iterator[Problem]:
    """A page of a region does not have the name of a page that is made from its data.

    `set-up.md`, `differences.md`, `imprint.md` and `accessibility.md` are made from `region/region.yml` and
    `region/overlay.yml`, and `assets` is the folder of pictures. A page of that name would hide them.
    """
    name = file.removeprefix("region/pages/")
    if name in MADE_FOR_A_REGION or name.startswith("assets/"):
        sentence = M_("a page of this name is made from data, and this one would hide it")
        yield Problem(file, 0, 0, "page-name", sentence, M_("choose another name"))


def _made(known: Mapping[str, Collection[str]]) -> set[str]:
    """Name the pages that are made from data, seen from docs/."""
    folders: dict[str, tuple[str, ...]] = {
        "stage": ("stages",),
        "area": ("areas",),
        "partner": ("partners",),
        "modality": ("modalities",),
    }
    folders |= {"route": ("routes",), "project": ("projects", "meetings")}
    made = {f"{folder}/{word}.md" for what, some in folders.items() for folder in some for word in known.get(what, ())}
    return made | {f"region/{name}" for name in MADE_FOR_A_REGION}


@kind("page-link")
def page_links(
    source: Source, there: Collection[str], is_file: Callable[[str], bool], moved: Mapping[str, str]
) -> Iterator[Problem]:
    """A link of a region's page leads to a page that is there.

    A link to a shared page that was renamed still leads to it, and one to a page that was removed is shown as text.
    Write it as the files are on disk, such as `../assets/photo.jpg`, or as the site has them, such as `../levels.md`.
    """
    places = Places(source.text)
    for link in links(source.text):
        spot = places.of(link.start, link.end - link.start)
        path = on_site(source.file, link.target, is_file)
        if path.endswith(".md") and path not in there:
            near = moved.get(path) or nearest(path, there)
            sentence = M_("this page has another name now") if path in moved else M_("this link leads to no page")
            fix = write(f"../{near}") if near else M_("correct the address, or take the link out")
            yield replace(source.problem("page-link", sentence, spot, fix), severity=WARNING)
