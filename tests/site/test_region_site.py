"""The site of a region: what is the region's is shown as such, and its text never becomes anything else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from justhtml import JustHTML
from justhtml.dom import Element

from macros.fields.shape import shape
from macros.model.overlay import Overlay
from macros.model.region import RegionFile
from macros.site.branding import edit_address
from macros.text.reader import read
from tests.site.test_literal import collapsed, free_texts, own_texts, records, words
from tests.support.hostile import NAMES, STRINGS, WORDS
from tests.support.region_site import (
    CHANGED,
    NAMED_BY_RULES,
    ONE,
    PROVIDED,
    TOGETHER,
    WAIVED,
    quoted,
    region_file,
    region_layer,
    was,
)
from tests.support.site import Page, Site, attributes, find, text

HOSTILE = {**{WORDS[number]: STRINGS[name] for name, number in NAMES.items()}, f"Plainword{ONE}": TOGETHER}
ALONE = {"00": "word"}
WORDS_OF_OURS = {
    "was",  # a local item is not revised
    *("owner", "role", "address", "supervision_address", "against", "logo", "branch", "route", "facility"),
    *("evidence", "note", "basis"),  # also fields of what is checked elsewhere: see below
    *("mail", "phone", "favicon"),
}


def with_strings(written: str) -> str:
    """Put the hostile strings in the place of plain words, as a line of YAML in quotes has them too."""
    written = re.sub(r"was_(Plainword\d\d)", lambda found: was(HOSTILE[found[1]]), written)
    return read_as(re.sub(r"Plainword\d\d", lambda found: HOSTILE[found[0]], written))


def without_examples(written: str) -> str:
    """Leave out lines to copy into a status file, in which a long text is cut: test_start.py tries them."""
    return re.sub(r"skane-\d\d: \{status: .*\}", "", written)


def read_as(written: str) -> str:
    return collapsed(written.replace("\\", ""))


def shapes(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """List elements with their attributes, whose values are those of the hostile site.

    Of what is in another form there, only that it stays an attribute counts.
    """
    return [
        (
            element.name,
            [
                (name, "" if encoded(name, value or "") else with_strings(value or ""))
                for name, value in element.attrs.items()
                if (name, value) != ("dir", "auto")
            ],
        )
        for element in page.elements
    ]


def encoded(name: str, value: str) -> bool:
    """Say whether an attribute has a title in another form: cut, part of an address, or escaped twice by the theme."""
    return name == "content" or "Something%20wrong" in value or value.startswith(("Next: ", "Previous: "))


# --- literal ---


@pytest.mark.parametrize("part", range(4))
def test_hostile_text_adds_no_element_and_no_attribute(regions: tuple[Site, Site], part: int) -> None:
    plain, hostile = regions
    assert plain.pages.keys() == hostile.pages.keys()
    for url in sorted(plain.pages)[part::4]:
        assert shapes(hostile.pages[url]) == shapes(plain.pages[url]), url


@pytest.mark.parametrize("part", range(4))
def test_hostile_text_is_shown_literally(regions: tuple[Site, Site], part: int) -> None:
    for url in sorted(regions[0].pages)[part::4]:
        one, other = ([*map(without_examples, own_texts(site.pages[url]))] for site in regions)
        assert [unwrapped(read_as(text)) for text in other] == [unwrapped(with_strings(text)) for text in one], url


def unwrapped(text: str) -> str:
    """Join the lines of comments in a first file: a longer word begins another line."""
    return text.replace(" # ", " ")


def test_every_page_of_a_region_is_well_formed(regions: tuple[Site, Site]) -> None:
    for site in regions:
        faults = {url: page.tree.errors for url, page in site.pages.items() if page.tree.errors}
        assert faults == {}
        twice = {url for url, page in site.pages.items() if len(page.ids) != len(set(page.ids))}
        assert twice == set()


def test_no_address_of_a_region_is_a_link_unless_it_is_https(regions: tuple[Site, Site]) -> None:
    for page in regions[1].pages.values():
        for link in page.all("a[href]"):
            target = attributes(link)["href"]
            assert not re.match(r"\s*(javascript|data|http):", target, re.IGNORECASE), (page.url, target)
            assert "evil.example" not in target.partition("?")[0]


def test_the_search_index_has_hostile_text_escaped_once(regions: tuple[Site, Site]) -> None:
    indexes = [json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"] for site in regions]
    assert [entry["location"] for entry in indexes[0]] == [entry["location"] for entry in indexes[1]]
    for plain, hostile in zip(*indexes, strict=True):
        for field in ("title", "text"):
            one, other = (JustHTML(entry[field], fragment=True, sanitize=False) for entry in (plain, hostile))
            assert [(e.name, e.attrs) for e in inside(other)] == [(e.name, e.attrs) for e in inside(one)]
            assert read_as(other.to_text(separator="", strip=False)) == with_strings(
                one.to_text(separator="", strip=False)
            ), hostile["location"]


def inside(fragment: JustHTML) -> Iterator[Element]:
    return (node for node in fragment.query("*") if isinstance(node, Element))


def test_feeds_and_calendars_of_a_region_can_be_read(regions: tuple[Site, Site]) -> None:
    for site in regions:
        ElementTree.parse(site.folder / "feed.xml")
    one, other = (
        icalendar.Calendar.from_ical((site.folder / "calendar/partners/region.ics").read_bytes()) for site in regions
    )
    assert [[(key, read_as(value)) for key, value in words(part)] for part in other.walk()] == [
        [(key, with_strings(value)) for key, value in words(part)] for part in one.walk()
    ]


@pytest.mark.parametrize(
    ("record", "content"),
    [(RegionFile, region_file(ALONE, "word")), (Overlay, {"title": "word", **region_layer(ALONE, "word")})],
    ids=["region.yml", "overlay.yml"],
)
def test_every_free_text_of_a_region_is_tried(record: Any, content: dict[str, Any]) -> None:
    source, _ = read("region/x.yml", quoted(content).encode())
    held = list(records(shape(record, source)))
    missing = {
        f"{cls.__name__}.{field}"
        for cls, field in free_texts(record)
        if field not in WORDS_OF_OURS
        and not any(str(getattr(each, field)).endswith("word") for each in held if type(each) is cls)
    }
    assert missing == set()


def test_the_branch_of_a_forge_cannot_leave_its_address() -> None:
    data = region_file({}, "Skåne")
    data["forge"]["branch"] = "\"><script>alert(1)</script> ' main"
    source, _ = read("region/region.yml", quoted(data).encode())
    region = shape(RegionFile, source)
    assert isinstance(region, RegionFile)
    assert re.fullmatch(r"[A-Za-z0-9:/._%-]+", edit_address(region))


# --- what is shown ---


def item_of(site: Site, name: str) -> str:
    """Give everything from an item's heading to the next one, as text."""
    area, _, word = name.partition("/")
    elements = site.pages[f"areas/{area}/"].elements
    start = next(place for place, element in enumerate(elements) if attributes(element).get("id") == word)
    box = next(e for e in elements[start:] if "nav-item" in attributes(e).get("class", "").split())
    return text(box)


def test_every_item_tells_where_it_comes_from(region_site: Site) -> None:
    book_places = {"areas/" + name.partition("/")[0] + "/" for name in [*CHANGED, *WAIVED, *PROVIDED]}
    for url in sorted(book_places):
        for box in region_site.pages[url].all(".nav-item"):
            assert len(find(box, ".nav-origin")) == ("nav-waived" not in attributes(box)["class"]), url
    assert "Shared v2026.1" in item_of(region_site, PROVIDED[2])
    assert "Shared v2026.2" in item_of(region_site, "unmet-need/asked-anew")
    adapted = item_of(region_site, CHANGED[1])
    assert f"Adapted from shared v2026.1; Plainword{ONE}: {WORDS['01']}; Plainword{ONE} (owner, supports" in adapted
    assert f"Local item of Plainword{ONE}: {WORDS['03']}" in item_of(region_site, "analytics/skane-03")
    waived = item_of(region_site, WAIVED[4])
    assert waived.startswith(f"Not used in Plainword{ONE}: {WORDS['04']}")


def test_the_page_of_differences_has_every_entry_with_its_reason(region_site: Site) -> None:
    page = region_site.pages["region/differences/"]
    rows = [text(row) for row in page.all(".nav-items > li")]
    headings = [text(heading) for heading in page.all("h2")]
    assert headings == [f"Plainword{ONE}", f"Plainword{ONE}"], "the region's own layer, then that of its country"
    number, words = len(WORDS), ("Partners", "Kinds of product", "Routes", "Figures", "Areas", "Named rules")
    assert [text(heading) for heading in page.all("h3")] == [
        *(f"{what} only here (1)" for what in words),
        *(f"Asked only here ({number + 1})", f"Adapted here ({number})", f"Not used here ({number})"),
        *("Asked only here (0)", f"Adapted here ({number})", "Not used here (0)"),
    ]
    assert len(rows) == 4 * number + len(words) + 1
    for word in WORDS.values():
        assert sum(word in row for row in rows) >= 4, word
    files = [attributes(link)["href"].rpartition("/main/")[2] for link in page.all("p > a[href*='edit/main/']")]
    assert files == ["region/overlay.yml", "checklists/countries/testland.yml"]
    assert "Numbers of the rules that differ here: stale days 120." in text(page.one("article"))
    assert f"Plainword{ONE} was last reviewed against edition v2026.1." in text(page.one("article"))


def test_a_partner_is_introduced_with_unit_role_and_mailbox(region_site: Site) -> None:
    page = region_site.pages["partners/hospital/"]
    contacts = [text(contact) for contact in page.all(".nav-contact")]
    word = WORDS["07"]
    assert len(contacts) == len(WORDS)
    reached = "atmp@hospital.example +46 46 17 10 00"
    assert f"In Plainword{ONE}: {word}, {word} unconfirmed. {word} {reached}" in contacts
    (link,) = region_site.pages["partners/university/"].all(".nav-contact a")
    assert attributes(link)["href"] == text(link) == "https://example.org/centre"
    assert region_site.pages["partners/company/"].all(".nav-contact") == []


def test_waived_items_stay_links_wherever_rules_name_them(region_site: Site) -> None:
    area, _, word = NAMED_BY_RULES.partition("/")
    address = f'areas/{area}/#{word}"'
    assert [url for url, page in region_site.pages.items() if address in page.html and "rules" in url]


def test_the_accessibility_statement_is_that_of_the_region(region_site: Site) -> None:
    shown = text(region_site.pages["region/accessibility/"].one("article"))
    assert f"of Plainword{ONE} (Plainword{ONE})" in shown
    assert "in part" in shown
    for said in (
        "Prepared on 2026-10-01.",
        "The method was a self-assessment by the region.",
        "A report is answered within 14 days.",
        "Disproportionate burden:",
        "Outside the scope of the law:",
    ):
        assert said in shown
    links = [attributes(a)["href"] for a in region_site.pages["region/accessibility/"].all("article a[href]")]
    assert "https://example.org/enforcement" in links


def test_every_page_leads_to_the_accessibility_statement(region_site: Site) -> None:
    for url, page in region_site.pages.items():
        if page.all("footer"):
            ends = [attributes(a)["href"] for a in page.all("footer a[href]")]
            assert any(end.endswith("accessibility/") or end == "./" for end in ends), url


def test_feed_and_calendars_have_the_name_of_the_region(region_site: Site) -> None:
    assert f"<title>Plainword{ONE}, findings</title>" in (region_site.folder / "feed.xml").read_text("utf-8")
    calendar = (region_site.folder / "calendar/all.ics").read_text("utf-8").replace("\n ", "")
    assert f"Plainword{ONE}, all projects" in calendar


def test_the_site_has_the_name_the_address_and_the_colour_of_the_region(region_site: Site) -> None:
    page = region_site.pages[""]
    assert text(page.one("head title")).endswith(f"Plainword{ONE}") or f"Plainword{ONE}" in text(page.one("head title"))
    assert "https://navigator.example.org/skane/" in (region_site.folder / "sitemap.xml").read_text("utf-8")
    assert "#2b4a6f" in (region_site.folder / "assets/region.css").read_text("utf-8")
    assert "region/" in region_site.pages


# --- the shared handbook ---


def test_the_shared_handbook_has_no_trace_of_a_region(site: Site) -> None:
    assert not [url for url in site.files if url.startswith("region/") or url == "assets/region.css"]
    for page in site.pages.values():
        assert not re.search(r'class="nav-(origin|contact|layer|waived|notices)', page.html), page.url
        assert not re.search(r'href="[./]*region/(set-up|differences|accessibility)', page.html), page.url
        assert "met, inherited" not in page.html


def test_a_page_of_the_region_is_found_in_the_navigation(region_site: Site) -> None:
    links = {attributes(a)["href"] for a in region_site.pages["region/"].all(".md-nav a[href]")}
    assert {"./", "set-up/", "differences/", "accessibility/"} <= links


def test_files_of_a_region_are_published_as_they_are(region_site: Site) -> None:
    assert Path(region_site.folder / "region/index.html").is_file()
