"""A site in several languages: the same pages in each, ways between them, and what is said of each text's language."""

from __future__ import annotations

import json
import re
from posixpath import join, normpath

import pytest
from justhtml.dom import Element

from macros.language.catalogue import Catalogue, read
from macros.language.head import name_of
from macros.sheets.xlsx import read_workbook
from macros.site.languages.guides import Guides
from macros.text.messages import Language
from tests.support.each import each
from tests.support.languages import CODES
from tests.support.paths import ROOT
from tests.support.site import Page, Site, attributes, text

FOLDERS = {code: "" if code == CODES[0] else f"{code}/" for code in CODES}
ADDRESS = "https://navigator.example.org/skane/"
KINDS: tuple[str, ...] = ("", "guide-me/", "stages/5/", "areas/analytics/", "partners/hospital/")
KINDS += ("modalities/in-vivo-gene-therapy/", "routes/hospital-exemption/", "projects/", "projects/car-t-lymphoma/")
KINDS += ("references/", "region/differences/")
FORM = ("questions", "sheet")
SILENT = ("script", "style", "code", "pre", "textarea")
NAMES = re.compile(r"https://\S+|\w+(?:-\w+){2,}")
"""Addresses, and names of sources and items."""
IN_BRACKETS = re.compile(r"\([^)]*\)|^[A-Z][\w ]+:")
"""What an abbreviation means in English, in the Swedish explanation of it."""
READ_OUT = ("aria-label", "title", "alt", "placeholder", "label", "data-label")
LETTERS = re.compile(r"[^\W\d_]{2}")
ENGLISH = (
    "the of and that with this from which what when where who how are was were been being not but they their there then"
    " than these those would should could must will does have has had each every other another about after before"
    " between without because first into only more most some such both while until through whether its your our use"
    " used make made given says shown read found needs asked takes gate late items projects findings"
)
FREQUENT = frozenset(ENGLISH.split())
"""Words that no Swedish sentence has."""


def urls(site: Site, code: str) -> set[str]:
    """The addresses of the pages in a language, seen from the folder of that language."""
    others = tuple(folder for folder in FOLDERS.values() if folder and folder != FOLDERS[code])
    every = (url for url in site.pages if not url.startswith(others))
    return {url.removeprefix(FOLDERS[code]) for url in every if url.startswith(FOLDERS[code])}


def catalogue(name: str) -> Catalogue:
    return read((ROOT / f"languages/sv/{name}.po").read_text("utf-8"))


def test_every_page_is_there_in_every_language(spoken_site: Site) -> None:
    first = urls(spoken_site, CODES[0])
    assert len(first) > 80
    assert [urls(spoken_site, code) for code in CODES] == [first] * len(CODES)


def test_every_page_leads_to_the_same_page_in_the_other_languages(spoken_site: Site) -> None:
    for code, folder in FOLDERS.items():
        for url in urls(spoken_site, code) - {"404.html"}:
            page = spoken_site.pages[folder + url]
            if not page.all("article"):
                continue  # it leads on from a former name
            links = [attributes(link) for link in page.all(".nav-languages a")]
            targets = {link["hreflang"]: normpath(join(f"{folder}{url}", link["href"])) for link in links}
            assert targets == {other: normpath(f"{FOLDERS[other]}{url}") for other in CODES if other != code}, url
            assert {link["hreflang"]: link["lang"] for link in links} == {other: other for other in targets}
            assert [text(link) for link in page.all(".nav-languages a")] == [name_of(other) for other in targets]


def test_workbooks_and_what_the_form_says_of_them_are_in_the_language_of_the_page(spoken_site: Site) -> None:
    for code, (answers, done) in {"sv": ("Svar", "Klart"), "en": ("Answers", "Done")}.items():
        start = spoken_site.folder / FOLDERS[code] / "start"
        assert {next(iter(read_workbook(path.read_bytes()).sheets)) for path in start.glob("*.xlsx")} == {answers}
        form = {name: (spoken_site.folder / FOLDERS[code] / f"change/{name}.js").read_text("utf-8") for name in FORM}
        assert f'["met","{done}",' in form["questions"]
        assert '"klart":"met"' in form["sheet"]
        assert '"done":"met"' in form["sheet"]
        assert ("Use a new sheet." in form["sheet"]) == (code == "en")


def test_search_engines_are_told_the_same(spoken_site: Site) -> None:
    for code, folder in FOLDERS.items():
        page = spoken_site.pages[f"{folder}stages/5/"]
        named = {a["hreflang"]: a["href"] for a in map(attributes, page.all("link[hreflang]"))}
        assert named == {other: f"{ADDRESS}{FOLDERS[other]}stages/5/" for other in CODES}, code
        assert attributes(page.one("link[rel=canonical]"))["href"] == f"{ADDRESS}{folder}stages/5/"


def test_pages_say_their_language_and_its_direction(spoken_site: Site) -> None:
    for code, folder in FOLDERS.items():
        for url in KINDS:
            page = spoken_site.pages[folder + url]
            assert attributes(page.one("html"))["lang"] == code
            body = attributes(page.one("body"))
            assert body.get("dir", "ltr") == ("rtl" if code == "fa" else "ltr")


def test_anchors_are_the_same_in_every_language(spoken_site: Site) -> None:
    for url in KINDS:
        ids = {code: sorted(spoken_site.pages[folder + url].ids) for code, folder in FOLDERS.items()}
        assert ids["sv"] == ids["en"] == ids["fa"], url


def test_events_are_the_same_in_the_calendars_of_every_language(spoken_site: Site) -> None:
    def read_ids(folder: str) -> set[str]:
        return set(re.findall(r"UID:(.*(?:\r\n .*)*)", (spoken_site.folder / folder / "calendar/all.ics").read_text()))

    assert read_ids("") == read_ids("en/") == read_ids("fa/") != set()


def test_what_programs_read_is_there_once(spoken_site: Site) -> None:
    assert not [file for file in spoken_site.files if re.match(r"(en|fa)/api/", file)]
    assert "api/v1/projects.json" in spoken_site.files


def test_feeds_and_the_index_of_the_search_are_in_the_language(spoken_site: Site) -> None:
    for code, folder in FOLDERS.items():
        assert f'xml:lang="{code}"' in (spoken_site.folder / folder / "feed.xml").read_text("utf-8")
        index = json.loads((spoken_site.folder / folder / "search/search_index.json").read_text("utf-8"))
        titles = {entry["title"] for entry in index["docs"]}
        assert ("Discovery and need" in " ".join(titles)) == (code != "sv" or not shown("frame", "Discovery and need"))


def shown(name: str, english: str) -> bool:
    return any(entry.current for entry in catalogue(name).entries if entry.one == english)


def spoken(page: Page, code: str) -> list[str]:
    """The texts of a page that are said to be in the language, outside scripts and code."""
    found: list[str] = []

    def walk(node: Element, language: str) -> None:
        language = attributes(node).get("lang", language)
        if node.name in SILENT or (node.name == "select" and "hidden" in attributes(node)):
            return
        for child in node.children or []:
            if isinstance(child, Element):
                walk(child, language)
            elif language == code and LETTERS.search(str(child.data or "")):
                found.append(" ".join(str(child.data).split()))

    walk(page.one("body"), code)
    return found


def named(page: Page) -> set[tuple[str, str]]:
    """The attributes of a page that are read out or shown: the language that they are said to be in, and the text."""
    found: set[tuple[str, str]] = set()

    def walk(node: Element, language: str) -> None:
        about = attributes(node)
        language = about.get("lang", language)
        found.update((language, about[name]) for name in READ_OUT if LETTERS.search(about.get(name, "")))
        for child in node.children or []:
            if isinstance(child, Element):
                walk(child, language)

    walk(page.one("body"), attributes(page.one("html"))["lang"])
    return found


def test_an_attribute_is_in_the_language_that_its_element_says(spoken_site: Site) -> None:
    ours = {said for entry in catalogue("interface").entries for said in entry.said if said != entry.one}
    wrong = set()
    for url in urls(spoken_site, "sv"):
        for language, words in named(spoken_site.pages[url]):
            english = {*re.findall(r"\w+", IN_BRACKETS.sub("", words).lower())} & FREQUENT - {"given"}
            if english if language == "sv" else words in ours or re.search("[åäö]", words):
                wrong.add((url, language, words))
    assert wrong == set()


def test_terms_and_links_to_headings_say_their_language_on_a_page_that_is_not_translated(spoken_site: Site) -> None:
    page = spoken_site.pages["decisions/"]
    assert {attributes(link)["lang"] for link in page.all("a.nav-term, a.headerlink")} == {"sv"}
    named = page.all(".md-sidebar--secondary a.md-nav__link")
    assert named and {attributes(link).get("lang") for link in named} == {"en"}


def test_a_list_in_the_contents_has_the_language_of_its_heading() -> None:
    guides = Guides(ROOT, ROOT, Language("sv"), "en")
    guides.foreign["a.md"], guides.anchors["a.md"] = "en", frozenset({"kinds"})
    entry = '<a href="#{}" class="md-nav__link"{}>{}</a>\n<nav class="md-nav"{} aria-label="{}">'
    plain = entry.format("kinds", "", "Kinds", "", "Kinds") + entry.format("ours", "", "Slag", "", "Slag")
    kinds, ours = ' lang="en"', ' lang="sv"'
    marked = entry.format("kinds", kinds, "Kinds", kinds, "Kinds") + entry.format("ours", ours, "Slag", ours, "Slag")
    assert guides.contents(plain, "a.md") == marked


@pytest.fixture(scope="module")
def swedish(spoken_site: Site) -> dict[str, list[str]]:
    """The pages of the site in Swedish by their addresses, with the texts that are said to be Swedish."""
    pages = {url: spoken_site.pages[url] for url in urls(spoken_site, "sv")}
    return {url: spoken(page, "sv") for url, page in pages.items() if page.all("article")}


def test_no_word_of_the_interface_is_left_in_english(swedish: dict[str, list[str]]) -> None:
    words = {entry.one for entry in catalogue("interface").entries if entry.current and entry.said[0] != entry.one}
    ours = {said for entry in catalogue("interface").entries for said in entry.said}
    assert {url: left for url, texts in swedish.items() if (left := (words - ours) & {*texts})} == {}


def test_every_catalogue_is_complete_in_swedish() -> None:
    files = sorted((ROOT / "languages/sv").glob("*.po"))
    assert {path.stem: [e.context for e in catalogue(path.stem).entries if not e.current] for path in files} == {
        path.stem: [] for path in files
    }


def test_no_page_has_a_frequent_english_word_that_is_not_said_to_be_english(swedish: dict[str, list[str]]) -> None:
    assert not set(KINDS) - swedish.keys()
    found = {
        (url, text)
        for url, texts in swedish.items()
        for text in texts
        if len(set(re.findall(r"[a-z]+", NAMES.sub("", text).lower())) & FREQUENT) > 1
    }
    assert found == set()


def test_what_falls_back_says_that_it_is_english(spoken_site: Site) -> None:
    page = spoken_site.pages["fa/areas/analytics/"]
    headings = [attributes(h) for h in page.all("article h3[id]")]
    assert all(heading["lang"] == "fa" for heading in headings)
    marked = {text(node) for node in page.all("[data-nav-foreign][lang=en]")}
    assert "Have a potency assay that reflects the mechanism of action" in marked
    guide = page.one("article div[lang=en]")
    assert "What usually goes wrong" in text(guide)


def test_problems_and_keys_are_explained_in_the_language_of_the_page(spoken_site: Site) -> None:
    for url, swedish in {
        "problems/": "Ett namn skrivs en gång.",
        "status-file/": "Den part som leder projektet.",
    }.items():
        assert swedish in text(spoken_site.pages[url].one("article"))
    sections = spoken_site.pages["fa/problems/"].all("section[data-nav-row]")
    assert {attributes(section).get("lang") for section in sections} == {"en"}


@each("code", CODES)
def test_the_page_for_a_wrong_address_is_in_the_language(code: str, spoken_site: Site) -> None:
    page = spoken_site.pages[f"{FOLDERS[code]}404.html"]
    assert attributes(page.one("html"))["lang"] == code
