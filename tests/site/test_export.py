"""The way out: the same sources, built by another renderer, say the same on every page.

The exported pages are read by Zensical in an environment of its own. Where its packages cannot be had, the comparison
is skipped and says so; the export itself is tested in any case.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from justhtml.dom import Element
from packaging.requirements import Requirement

from tests.support.paths import ROOT
from tests.support.site import EPOCH, LONG, Page, Site, attributes, find, text

EXPORT = [sys.executable, "-m", "macros", "export"]
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole handbook as plain pages."""
    folder = tmp_path_factory.mktemp("exported")
    done = subprocess.run([*EXPORT, str(folder)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def other(exported: Path) -> Site:
    """The site that Zensical makes of it."""
    made = subprocess.run(
        ["make", f"PYTHON={sys.executable}", ".venv-zensical/ready"], cwd=ROOT, capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"Zensical's packages cannot be had here: {' '.join(made.stderr.split())[-200:]}")
    program = ROOT / ".venv-zensical/bin/zensical"
    built = subprocess.run([program, "build", "--strict"], cwd=exported, capture_output=True, text=True, timeout=LONG)
    return Site(exported / "site", built.returncode, built.stdout + built.stderr)


def words(element: Element) -> str:
    """Give the text of an element without white space, which stands between blocks or does not."""
    return "".join(text(element).split()).replace("¶", "")


def article(page: Page) -> Element:
    return page.all("article")[0]


def headings(page: Page) -> list[tuple[str, str, str]]:
    return [
        (name, attributes(heading).get("id", ""), words(heading))
        for name in ("h1", "h2", "h3", "h4")
        for heading in find(article(page), name)
    ]


def tables(page: Page) -> list[list[list[str]]]:
    return [
        [[words(cell) for cell in [*find(row, "th"), *find(row, "td")]] for row in find(table, "tr")]
        for table in find(article(page), "table")
    ]


def findings(page: Page) -> list[tuple[str, ...]]:
    return [
        (*(attributes(found).get(f"data-{name}", "") for name in ("kind", "severity", "subject")), words(found))
        for found in find(article(page), ".nav-finding")
    ]


def links(page: Page) -> list[tuple[str, str]]:
    """List where links of the content lead, without what only MkDocs adds: to headings, files and explained terms."""
    own = ("headerlink", "md-content__button", "nav-term")
    return [
        (urljoin(f"https://site/{page.url}", attributes(link).get("href", "")), words(link))
        for link in find(article(page), "a[href]")
        if not any(word in attributes(link).get("class", "") for word in own) and "Somethingwrong" not in words(link)
    ]


def test_zensical_builds_every_page_without_a_warning(site: Site, other: Site) -> None:
    assert other.status == 0, other.output
    assert other.pages.keys() == site.pages.keys()


@pytest.mark.parametrize("read", [headings, tables, findings, links])
def test_zensical_shows_the_same_on_every_page(site: Site, other: Site, read: Callable[[Page], list[object]]) -> None:
    pages = [url for url in site.pages if url != "404.html"]
    assert any(read(site.pages[url]) for url in pages)
    assert [url for url in pages if read(other.pages[url]) != read(site.pages[url])] == []


def test_calendars_and_other_files_are_the_same(site: Site, other: Site) -> None:
    made = {"search/search_index.json", "search.json", "sitemap.xml", "sitemap.xml.gz", "robots.txt"}
    ours = {name for name in site.files if not name.startswith("assets/") and not name.endswith(".html")} - made
    assert len(ours) > 20
    assert [n for n in sorted(ours) if (other.folder / n).read_bytes() != (site.folder / n).read_bytes()] == []


# --- the export, whatever reads it ---


def test_an_exported_page_needs_no_code_of_ours(exported: Path, site: Site) -> None:
    pages = {path.relative_to(exported / "docs").as_posix() for path in (exported / "docs").rglob("*.md")}
    assert len(pages) == len(site.pages) - 1, "every page but that for a wrong address"
    marks = re.compile(r"<!--(held|late):|data-held|\{\{ *(?!site\.|secrets\.|github\.)\w+\(")
    assert [name for name in sorted(pages) if marks.search((exported / "docs" / name).read_text("utf-8"))] == []
    settings = (exported / "mkdocs.yml").read_text("utf-8")
    assert not re.search(r"^(hooks|watch)|macros", settings, re.MULTILINE)


def test_text_of_data_never_begins_a_line_of_an_exported_page(exported: Path) -> None:
    """Markdown looks for its signs at the beginning of lines."""
    ours = re.compile(r"</?[a-z0-9]+\b|## |---$|(hide|search|title): |$")
    lines = [
        line for path in (exported / "docs/meetings").glob("*.md") for line in path.read_text("utf-8").splitlines()
    ]
    lines += [
        line
        for path in (exported / "docs/projects").glob("*.md")
        if path.stem != "index"
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) > 1000
    assert [line[:80] for line in lines if not ours.match(line)] == []


def test_an_export_into_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = subprocess.run([*EXPORT, str(tmp_path)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "holds no export" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_zensical_is_pinned_with_hashes_and_never_needed_by_default() -> None:
    pinned = (ROOT / "requirements-zensical.txt").read_text("utf-8")
    entries = [entry for entry in re.sub(r"\\\n", " ", pinned).splitlines() if re.match(r"\w", entry)]
    names = {Requirement(entry.partition("--hash")[0].strip()).name for entry in entries}
    assert "zensical" in names
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in pinned
    assert "zensical" not in (ROOT / "requirements.txt").read_text("utf-8")
