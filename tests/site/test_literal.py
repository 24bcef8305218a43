"""Text from a status file is shown as it was written, and never becomes anything else.

Two sites are built. They hold the same projects and differ in nothing but free text: in one every text of a project
is a plain word, in the other a hostile string. All their pages must then have the same elements with the same
attributes, and the same text but for the string in place of the word.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import typing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
import yaml
from justhtml import JustHTML
from justhtml.dom import Element, Text

from macros.fields.types import Line, Record
from macros.model.status_file import StatusFile
from tests.support import independent
from tests.support.each import each
from tests.support.hostile import NAMES, STRINGS, WORDS
from tests.support.paths import ROOT
from tests.support.site import Build, Page, Site, attributes, find, text

CONFIRMED = "process"
"""The area of which a stage is confirmed as a whole, so that its items have no answers of their own."""
ITEMS = {path.stem: list(independent.plain(path)["items"]) for path in sorted((ROOT / "checklists").glob("*al/*.yml"))}
WORDS_OF_OURS = {"kind", "modality", "donor", "delivery", "lead", "hospital"}  # they must be a word of the checklists


def status_files(number: str, word: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write a project and a retrospective with one string in every free text, and most items set aside."""
    aside = {"status": "not-applicable", "because": "Set aside, to keep the pages short."}
    project = {
        "checklist": "v2026.1",
        "title": word,
        "summary": word,
        "modality": "autologous-cell",
        "route": "central-authorisation",
        "lead": "hospital",
        "contact": word,
        "assessed": "2026-11-01",
        "targets": {"3": "2028-01"},
        "status": {
            **{area: dict.fromkeys(words, aside) for area, words in ITEMS.items() if area != CONFIRMED},
            "unmet-need": {
                "need-statement": {"status": "met", "since": "2026-10-15", "evidence": word, "note": word},
                "target-product-profile": {"status": "met", "since": "2020-01-15", "evidence": word},
                "patient-count": {"status": "in-progress", "planned": "2027-02", "evidence": word, "note": word},
            },
            "ethics": {
                "research-permits": {
                    "status": "not-met",
                    "since": "2026-10-20",
                    "evidence": word,
                    "note": word,
                    "earlier": [{"status": "met", "since": "2026-02-01", "evidence": word, "note": word}],
                }
            },
            "analytics": {"candidate-attributes": {"status": "not-applicable", "because": word, "note": word}},
            "intellectual-property": {"partner-agreements": {"status": "in-progress", "since": "2026-01-15"}},
        },
        "events": [{"date": "2026-06-01", "kind": "owner-change", "text": word}],
        "confirmed": {"technical": {"1": {"since": "2026-01-15", "evidence": word, "checklist": "v2026.1"}}},
        "acknowledged": {"owner-change": {"because": word, "until": "2027-03"}},
    }
    yield f"sample-{number}", project
    readings = [{"day": "2026-03", "note": word}, {"day": "2026-10-31", "note": word}]
    outcome = {"date": "2026-10-31", "text": word, "sources": ["lund-model-paper"]}
    yield f"past-{number}", {**project, "kind": "retrospective", "readings": readings, "outcome": outcome}


def write_site(folder: Path, texts: dict[str, str]) -> Path:
    """Copy the handbook, with projects that hold the given texts."""
    for name in ("docs", "macros", "checklists"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "projects").mkdir()
    for number, word in texts.items():
        for name, project in status_files(number, word):
            quoted = json.dumps(project, ensure_ascii=False, indent=1)  # JSON is YAML with everything in quotes
            assert yaml.load(quoted, Loader=yaml.BaseLoader)["title"] == word
            (folder / f"projects/{name}.yml").write_text(quoted, "utf-8")
    return folder


LINES = {"lines": "first\n# second\n"}
"""A text may be written as a block, which ends with a line break; both sites have it."""


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, build: Build) -> tuple[Site, Site]:
    """The plain site and the hostile one, built side by side."""
    hostile = {NAMES[name]: string for name, string in STRINGS.items()}
    roots = [write_site(tmp_path_factory.mktemp("literal"), texts | LINES) for texts in (WORDS, hostile)]
    with ThreadPoolExecutor(2) as pool:
        plain, other = pool.map(lambda root: build(root, root / "site"), roots)
    assert (plain.status, other.status) == (0, 0), f"{plain.output}\n{other.output}"
    return plain, other


def collapsed(words: str) -> str:
    return " ".join(words.split())


def with_strings(words: str) -> str:
    """Put each hostile string in the place of its plain word."""
    strings = {word: STRINGS[name] for name, word in zip(NAMES, WORDS.values(), strict=True)}
    return collapsed(re.sub(r"Plainword\d\d", lambda found: strings[found[0]], words))


def shapes(page: Page) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
    """List elements and attributes, without the words of descriptions and the direction of words."""
    return [
        (
            element.name,
            tuple(
                (name, value)
                for name, value in element.attrs.items()
                if (element.name, name) != ("meta", "content") and (name, value) != ("dir", "auto")
            ),
        )
        for element in page.elements
    ]


def own_texts(page: Page) -> list[str]:
    """List the text that stands directly in each element; of a block of data, the texts in it."""
    return [
        " ".join(strings(json.loads(told)) if attributes(element).get("type") == "application/ld+json" else [told])
        for element in page.elements
        for told in [" ".join(str(child.data) for child in element.children or [] if isinstance(child, Text))]
    ]


def strings(value: object) -> list[str]:
    """List the texts in a value of JSON."""
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def pages_of(name: str, site: Site) -> list[str]:
    places = (f"projects/sample-{NAMES[name]}/", f"meetings/sample-{NAMES[name]}/", f"projects/past-{NAMES[name]}/")
    return [url for url in places if url in site.pages]


def test_every_free_text_of_a_status_file_is_tried() -> None:
    missing = set()
    for cls, field in free_texts(StatusFile):
        held = [
            r
            for _, file in status_files("00", "word")
            for r in records(StatusFile.model_validate(file))
            if type(r) is cls
        ]
        if not any(getattr(record, field) == "word" for record in held):
            missing.add(f"{cls.__name__}.{field}")
    assert missing == set()


def free_texts(cls: type[Record]) -> Iterator[tuple[type[Record], str]]:
    """List the fields of a record, and of those inside it, that take any line of text."""
    line = metadata(Line)
    for name, annotation in typing.get_type_hints(cls, include_extras=True).items():
        if name == "model_config":
            continue
        if all(each in metadata(annotation) for each in line) and name not in WORDS_OF_OURS:
            yield cls, name
        for inner in parts(annotation):
            if isinstance(inner, type) and issubclass(inner, Record):
                yield from free_texts(inner)


def metadata(annotation: Any) -> list[object]:
    """List what is annotated on a type, or on the alternatives of a union, but not on the entries of a list."""
    found = list(getattr(annotation, "__metadata__", ()))
    if typing.get_origin(annotation) in (tuple, dict, list):
        return found
    inner = [annotation.__origin__] if hasattr(annotation, "__metadata__") else typing.get_args(annotation)
    return found + [each for part in inner for each in metadata(part)]


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in typing.get_args(annotation):
        yield from parts(inner)


def records(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for inner in dict(value).values():
            yield from records(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from records(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from records(inner)


@each("name", STRINGS)
def test_hostile_text_adds_no_element_and_no_attribute_to_its_own_pages(twins: tuple[Site, Site], name: str) -> None:
    plain, hostile = twins
    urls = pages_of(name, plain)
    assert urls == pages_of(name, hostile)
    assert len(urls) >= 2
    for url in urls:
        assert shapes(hostile.pages[url]) == shapes(plain.pages[url]), url


@each("name", STRINGS)
def test_hostile_text_is_shown_literally_on_its_own_pages(twins: tuple[Site, Site], name: str) -> None:
    plain, hostile = twins
    for url in pages_of(name, plain):
        expected = [with_strings(words) for words in own_texts(plain.pages[url])]
        assert [collapsed(words) for words in own_texts(hostile.pages[url])] == expected, url


@each("name", STRINGS)
def test_hostile_text_is_seen_in_every_place_where_it_belongs(twins: tuple[Site, Site], name: str) -> None:
    """The comparison of two sites would not notice a text that is on neither."""
    page, string = twins[1].pages[f"projects/sample-{NAMES[name]}/"], collapsed(STRINGS[name])
    assert text(page.one("h1")) == string
    assert text(page.one("head title")).startswith(string)
    assert text(page.one("p.nav-summary")) == string
    assert string in [text(element) for element in page.all("dd")]  # contact
    lines = [text(element) for element in page.all(".nav-item-list small")]
    assert string in lines  # note
    assert sum(line.endswith(f"Evidence: {string}") for line in lines) >= 2  # of what is met and of what is not
    assert any(text(element).endswith(f": {string}") for element in page.all("li"))
    assert any(string in text(finding) for finding in page.all(".nav-acknowledged"))


def test_hostile_text_adds_nothing_to_any_other_page(twins: tuple[Site, Site]) -> None:
    plain, hostile = twins
    assert plain.pages.keys() == hostile.pages.keys()
    own = {url for name in STRINGS for url in pages_of(name, plain)}
    front = [[element.name for element in site.pages[""].elements] for site in twins]
    assert front[0] == front[1], "it shows the first of them by title"
    for url in plain.pages.keys() - own - {""}:
        # Projects that need a look equally are in the order of their titles, which differ.
        ordered: Callable[[Iterable[Any]], list[Any]] = partial(sorted, key=repr) if url == "projects/" else list
        assert ordered(shapes(hostile.pages[url])) == ordered(shapes(plain.pages[url])), url
        expected = ordered(with_strings(words) for words in own_texts(plain.pages[url]))
        assert ordered(collapsed(words) for words in own_texts(hostile.pages[url])) == expected, url


def test_hostile_text_is_shown_literally_in_the_portfolio(twins: tuple[Site, Site]) -> None:
    shown = {text(find(row, "th a")[0]) for row in twins[1].pages["projects/"].all(".nav-portfolio tbody tr")}
    assert shown == {collapsed(string) for string in (*STRINGS.values(), *LINES.values())}


def test_text_on_several_lines_is_shown_like_any_other(twins: tuple[Site, Site]) -> None:
    for site in twins:
        page = site.pages["projects/sample-lines/"]
        assert text(page.one("h1")) == text(page.one("p.nav-summary")) == "first # second"


def test_hostile_text_in_the_search_index_is_escaped_once(twins: tuple[Site, Site]) -> None:
    """The search box writes titles and texts into the page as HTML."""
    indexes = [json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"] for site in twins]
    assert [entry["location"] for entry in indexes[0]] == [entry["location"] for entry in indexes[1]]
    for plain, hostile in zip(*indexes, strict=True):
        for field in ("title", "text"):
            one, other = (JustHTML(entry[field], fragment=True, sanitize=False) for entry in (plain, hostile))
            assert elements(other) == elements(one), hostile["location"]
            assert collapsed(other.to_text(separator="", strip=False)) == with_strings(
                one.to_text(separator="", strip=False)
            ), hostile["location"]


def elements(fragment: JustHTML) -> list[str]:
    return [f"{node.name} {node.attrs}" for node in fragment.query("*") if isinstance(node, Element)]


def test_hostile_text_in_the_feed_stays_text(twins: tuple[Site, Site]) -> None:
    feeds = [[(e.tag, e.attrib, e.text) for e in ElementTree.parse(site.folder / "feed.xml").iter()] for site in twins]
    assert [(tag, attributes) for tag, attributes, _ in feeds[1]] == [
        (tag, attributes) for tag, attributes, _ in feeds[0]
    ]
    # A feed's texts may be read as HTML, so they may be escaped once more than XML asks for.
    one, other = ([collapsed(words or "") for _, _, words in each] for each in feeds)
    assert [html.unescape(words) for words in other] == [html.unescape(with_strings(words)) for words in one]


@each("name", STRINGS)
def test_hostile_text_in_a_calendar_stays_text(twins: tuple[Site, Site], name: str) -> None:
    path = f"calendar/sample-{NAMES[name]}.ics"
    if path not in twins[0].files:
        pytest.skip("the site has no calendars")
    one, other = (icalendar.Calendar.from_ical((site.folder / path).read_bytes()) for site in twins)
    assert [words(part) for part in other.walk()] == [
        [(key, with_strings(value)) for key, value in words(part)] for part in one.walk()
    ]


def words(part: Any) -> list[tuple[str, str]]:
    return [(key, collapsed(str(value))) for key, value in part.property_items(recursive=False)]
