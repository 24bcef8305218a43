"""The site as it is published: built once, strictly, in a process of its own, and read with an HTML parser."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from justhtml import JustHTML
from justhtml.dom import Element

from tests.support import independent
from tests.support.once import Shared
from tests.support.paths import ROOT

TODAY = date(2026, 11, 22)
LONG = 900
"""Seconds after which a program of the tests has surely stopped, on however busy a machine."""
EPOCH = int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Page:
    """One page: `url` is its address in the site, "" for the front page."""

    url: str
    html: str

    @functools.cached_property
    def tree(self) -> JustHTML:
        return JustHTML(self.html, sanitize=False, collect_errors=True)

    @functools.cached_property
    def elements(self) -> list[Element]:
        return list(walk(self.tree.root))

    @functools.cached_property
    def ids(self) -> list[str]:
        return [attributes(element)["id"] for element in self.elements if "id" in attributes(element)]

    def all(self, selector: str) -> list[Element]:
        return find(self.tree, selector)

    def one(self, selector: str) -> Element:
        (found,) = find(self.tree, selector)
        return found


@dataclass(frozen=True)
class Site:
    """A built site: `output` is what the build printed."""

    folder: Path
    status: int
    output: str

    @functools.cached_property
    def pages(self) -> dict[str, Page]:
        found = {}
        for path in sorted(self.folder.rglob("*.html")):
            url = path.relative_to(self.folder).as_posix().removesuffix("index.html")
            found[url] = Page(url, path.read_text("utf-8"))
        return found

    @functools.cached_property
    def files(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())


def find(node: JustHTML | Element, selector: str) -> list[Element]:
    """List the elements below a node that a CSS selector matches."""
    return [found for found in node.query(selector) if isinstance(found, Element)]


def walk(node: object) -> Iterator[Element]:
    """Yield every element below a node, in the order of the page, those in templates included."""
    for child in [*(getattr(node, "children", None) or []), getattr(node, "template_content", None)]:
        if isinstance(child, Element):
            yield child
        if child is not None:
            yield from walk(child)


def attributes(element: Element) -> dict[str, str]:
    return {name: value or "" for name, value in element.attrs.items()}


def text(element: Element) -> str:
    """Give the text of an element as it is read: with white space collapsed."""
    return " ".join(element.to_text(separator="", strip=False).split())


Build = Callable[..., Site]


def build_site(root: Path, folder: Path, **environ: str) -> Site:
    """Build the site of a folder that holds mkdocs.yml, on the day of the tests."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=root,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(EPOCH),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            **environ,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=LONG,
    )
    return Site(folder, done.returncode, done.stdout)


@pytest.fixture(scope="session")
def build() -> Build:
    """Build a site that nobody else needs; whoever asks for this is left out of `make quick`."""
    return build_site


def built_once(shared: Shared, name: str, root: Path, **environ: str) -> Site:
    """Build a site for all who need it, strictly; it must succeed."""

    def make(folder: Path) -> str:
        made = build_site(root, folder, **environ)
        assert made.status == 0, made.output
        return made.output

    folder, output = shared.made(name, make)
    return Site(folder, 0, output)


@pytest.fixture(scope="session")
def site(shared: Shared) -> Site:
    """The real site, the one that `make quick` builds."""
    return built_once(shared, "site", ROOT)


def shown_projects() -> dict[str, dict[str, object]]:
    """Read the projects that have a page: illustrations step aside for a project of one's own."""
    everyone = independent.read_projects(ROOT / "projects")
    own = any(project.get("kind", "project") == "project" for project in everyone.values())
    return {name: p for name, p in everyone.items() if not (own and p.get("kind") == "illustration")}
