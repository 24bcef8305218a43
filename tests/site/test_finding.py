"""How people find things: the guide, tables that filter, the trail to a page, next and previous, terms explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from justhtml.dom import Element

from macros.model.handbook import Handbook, applies
from macros.site.languages.terms import explain, read_terms
from tests.support import independent
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.site import TODAY, Page, Site, attributes, find, text
from tests.support.small import real

Choice = dict[str, str]


@pytest.fixture(scope="module")
def book() -> Handbook:
    return real()


# --- the guide ---


def guide(site: Site) -> Page:
    return site.pages["guide-me/"]


def rows(page: Page) -> dict[str, dict[str, str]]:
    """Read the guide's rows: item → its attributes."""
    found = [attributes(row) for row in page.all('[data-nav-table=""] [data-nav-row]')]
    return {row["data-item"]: row for row in found}


def fits(row: dict[str, str], choice: Choice) -> bool:
    """Say whether a row is shown: what the script does, and all that it does."""
    return all(
        f"data-{field}" not in row or value in row[f"data-{field}"].split() for field, value in choice.items() if value
    )


def offered(page: Page, field: str) -> list[str]:
    """List the values that the form of a page offers for a field, "" for any."""
    (select,) = page.all(f'form.nav-filter select[name="{field}"]')
    return [attributes(option).get("value", "") for option in find(select, "option")]


def products(book: Handbook) -> Iterator[tuple[str, str | None, str, str | None]]:
    """Name every modality with every donor and way of changing genes it leaves open, also unsaid, on every route."""
    for name, modality in book.frame.modalities.items():
        donors = [None] if modality.donor else [None, *(donor for donor in book.frame.donors if donor != "none")]
        ways = [None, *modality.delivery] if len(modality.delivery) > 1 else [None]
        yield from product([name], donors, book.frame.routes, ways)


def test_the_guide_is_complete_without_a_script(site: Site, book: Handbook) -> None:
    assert list(rows(guide(site))) and set(rows(guide(site))) == set(book.items)
    assert "complete list" in text(guide(site).one("[data-nav-whole]"))
    assert all("hidden" in attributes(form) for form in guide(site).all("form.nav-filter"))


QUESTIONS = {"modality": "modalities", "route": "routes", "stage": "stages", "partner": "partners"}


def test_the_guide_asks_four_questions_and_without_a_script_each_answer_is_a_page(site: Site, book: Handbook) -> None:
    """With the script an answer is a choice of the form below, and one more says that nobody knows yet."""
    asked = {attributes(part)["data-nav-ask"]: part for part in guide(site).all("[data-nav-then]")}
    assert list(asked) == list(QUESTIONS)
    for field, part in asked.items():
        answers = {attributes(answer)["data-value"]: answer for answer in find(part, "[data-value]")}
        names = list(getattr(book.frame, QUESTIONS[field]))
        assert [attributes(find(answers[value], "a")[0]).get("href") for value in answers if value] == [
            f"../{QUESTIONS[field]}/{name}/" for name in names
        ]
        assert answers.keys() <= set(offered(guide(site), field))
        assert "hidden" in attributes(answers[""]), "nothing to click without a script"


def test_the_guide_shows_gates_first_and_folds_the_rest(site: Site, book: Handbook) -> None:
    for group in guide(site).all("details[data-stage]"):
        names = [attributes(row)["data-item"] for row in find(group, "[data-nav-row]")]
        assert {book.items[name].stage for name in names} == {int(attributes(group)["data-stage"])}
        gates = [book.items[name].gate for name in names]
        assert gates == sorted(gates, reverse=True)
        rest = [
            row for fold in find(group, "details.nav-group") if fold is not group for row in find(fold, "li[data-item]")
        ]
        assert [attributes(row)["data-item"] for row in rest] == [name for name in names if not book.items[name].gate]


def test_what_the_guide_shows_of_every_product_on_every_route_is_what_applies(site: Site, book: Handbook) -> None:
    shown = rows(guide(site))
    every = list(products(book))
    assert len(every) == 2 * (2 + 3 * 4 + 4 + 3)
    for modality, donor, route, way in every:
        choice = {"modality": modality, "donor": donor or "", "route": route, "delivery": way or ""}
        settled, ways = book.frame.modalities[modality].donor or donor, book.frame.modalities[modality].delivery
        expected = {
            name
            for name, item in book.items.items()
            if any(applies(item.applies_to, modality, settled, route, each) for each in ([way] if way else ways))
        }
        assert {name for name, row in shown.items() if fits(row, choice)} == expected, choice


def test_a_product_on_no_route_yet_is_asked_what_any_route_asks(site: Site, book: Handbook) -> None:
    shown = rows(guide(site))
    for name, modality in book.frame.modalities.items():
        expected = {
            item.name
            for route, way in product(book.frame.routes, modality.delivery)
            for item in book.asked(name, modality.donor, route, way)
        }
        assert {item for item, row in shown.items() if fits(row, {"modality": name})} == expected


def test_what_the_guide_shows_of_a_stage_is_due_at_it_or_up_to_it(site: Site, book: Handbook) -> None:
    shown = rows(guide(site))
    for stage in book.frame.stages:
        at = {name for name, row in shown.items() if fits(row, {"stage": str(stage)})}
        upto = {name for name, row in shown.items() if fits(row, {"stage": f"up-to-{stage}"})}
        assert at == {name for name, item in book.items.items() if item.stage == stage}
        assert upto == {name for name, item in book.items.items() if item.stage <= stage}


def test_what_the_guide_shows_of_a_partner_is_owned_or_supported(site: Site, book: Handbook) -> None:
    shown = rows(guide(site))
    for partner in book.frame.partners:
        owned = {name for name, item in book.items.items() if item.owner == partner}
        supported = {name for name, item in book.items.items() if partner in item.supports}
        for value, expected in [("", owned | supported), ("-owns", owned), ("-supports", supported)]:
            assert {n for n, row in shown.items() if fits(row, {"partner": f"{partner}{value}"})} == expected


def test_the_guide_can_be_held_to_one_track_and_to_gates(site: Site, book: Handbook) -> None:
    shown = rows(guide(site))
    for track in book.frame.tracks:
        expected = {name for name, item in book.items.items() if item.track == track}
        assert {name for name, row in shown.items() if fits(row, {"track": track})} == expected
    gates = {name for name, item in book.items.items() if item.gate}
    assert {name for name, row in shown.items() if fits(row, {"gates": "only"})} == gates


def test_the_form_of_the_guide_offers_every_choice_and_no_other(site: Site, book: Handbook) -> None:
    frame = book.frame
    assert offered(guide(site), "modality") == ["", *frame.modalities]
    assert offered(guide(site), "donor") == ["", "patient", "other"]
    assert offered(guide(site), "delivery") == ["", "viral-vector", "without-vector", "vector-and-reagents"]
    assert offered(guide(site), "route") == ["", *frame.routes]
    assert offered(guide(site), "stage") == ["", *(f"up-to-{n}" for n in frame.stages), *map(str, frame.stages)]
    assert offered(guide(site), "partner") == [
        "",
        *(f"{name}{part}" for part in ("", "-owns", "-supports") for name in frame.partners),
    ]
    assert offered(guide(site), "track") == ["", *frame.tracks]


def test_donor_and_delivery_are_asked_where_the_modality_leaves_them_open(site: Site, book: Handbook) -> None:
    kinds = book.frame.modalities
    expected = {
        "donor": [name for name, modality in kinds.items() if not modality.donor],
        "delivery": [name for name, modality in kinds.items() if len(modality.delivery) > 1],
    }
    labels = guide(site).all("[data-nav-with]")
    found = {attributes(find(label, "select")[0])["name"]: attributes(label)["data-nav-with"] for label in labels}
    assert found == {field: " ".join(["modality", *names]) for field, names in expected.items()}


def test_a_checklist_on_paper_says_its_day_and_its_edition(site: Site, book: Handbook) -> None:
    words = text(guide(site).one(".nav-printed"))
    assert str(TODAY) in words
    assert book.frame.edition in words


def test_a_link_into_a_table_or_the_guide_names_a_choice_that_is_offered(site: Site) -> None:
    seen = 0
    for url, page in site.pages.items():
        for link in page.all(".md-content a"):
            parts = urlsplit(urljoin(url, attributes(link).get("href", "")))
            if parts.scheme or not parts.query:
                continue
            if parts.path.startswith("change/"):  # the form reads the names of a project and an item
                names = dict(parse_qsl(parts.query))
                assert not names.get("project") or (site.folder / f"change/p/{names['project']}.js").is_file(), url
                continue
            for field, value in parse_qsl(parts.query):
                assert value in offered(site.pages[parts.path], field), (url, parts.query)
                seen += 1
    assert seen > 20


# --- tables ---


def tables(site: Site) -> list[tuple[str, Element]]:
    return [(url, table) for url, page in site.pages.items() for table in page.all("[data-nav-table]")]


def test_the_long_tables_and_lists_can_be_sorted_and_filtered(site: Site) -> None:
    pages = {url for url, _ in tables(site)}
    assert {"guide-me/", "projects/", "references/", "rules/", "rules-in-motion/", "problems/"} <= pages
    in_time = {
        "Levels over time",
        "Levels of all projects over time",
        "The longest chain, step by step",
        "When stages could be passed at the earliest",
    }
    long = [
        (url, caption)
        for url, page in site.pages.items()
        for table in page.all("table.nav-table:not([data-nav-table])")
        if not any("data-nav-table" in attributes(around) for around in above(table))
        if len(find(table, "tbody tr")) > 12 and (caption := text(find(table, "caption")[0])) not in in_time
    ]
    assert long == []


def test_no_control_stands_there_that_is_dead_without_a_script(site: Site) -> None:
    dead = [
        (url, element.name)
        for url, page in site.pages.items()
        for element in page.all(".md-content button, .md-content input, .md-content select")
        if not any("hidden" in attributes(form) for form in above(element) if form.name == "form")
    ]
    assert dead == []


def above(element: Element) -> Iterator[Element]:
    """Yield the elements that an element stands in."""
    parent = element.parent
    while isinstance(parent, Element):
        yield parent
        parent = parent.parent


def test_tables_of_a_page_have_names_of_their_own_in_the_address(site: Site) -> None:
    for url, page in site.pages.items():
        names = [attributes(table)["data-nav-table"] for table in page.all("[data-nav-table]")]
        assert len(names) == len(set(names)), url
        assert all(re.fullmatch(r"([a-z0-9-]+)?", name) for name in names), url


def test_a_row_has_a_cell_below_each_header(site: Site) -> None:
    odd = [
        (url, attributes(table)["data-nav-table"])
        for url, table in tables(site)
        if table.name == "table"
        for row in find(table, "tbody tr")
        if len(find(row, "th, td")) != len(find(table, "thead th"))
    ]
    assert odd == []


def test_on_a_phone_every_cell_says_what_it_is(site: Site) -> None:
    unnamed = {
        (url, attributes(table)["data-nav-table"])
        for url, table in tables(site)
        if table.name == "table"
        for cell in find(table, "tbody td")
        if not attributes(cell).get("data-label")
    }
    assert unnamed == set()


def test_a_field_of_a_form_finds_its_words_on_the_rows(site: Site) -> None:
    """A choice that no row knows would show nothing, or everything."""
    for url, page in site.pages.items():
        for select in page.all("form.nav-filter select:not([hidden])"):  # the hidden one is what the guide asks next
            field = attributes(select)["name"]
            known = {word for row in page.all(f"[data-{field}]") for word in attributes(row)[f"data-{field}"].split()}
            assert known, (url, field)
            values = {attributes(option)["value"] for option in find(select, "option")}
            assert known <= values | {"none"}, (url, field)


def test_the_scripts_of_our_own_are_small(site: Site) -> None:
    sizes = {name: len((site.folder / name).read_bytes()) for name in site.files if re.match(r"assets/\w+\.js$", name)}
    assert len(sizes) > 2
    assert sum(sizes.values()) < 15_000, sizes


@pytest.mark.parametrize("kept", ["localStorage", "sessionStorage", "cookie", "indexedDB", "fetch(", "XMLHttpRequest"])
def test_our_scripts_store_nothing_and_ask_nobody(kept: str) -> None:
    ours = "".join(path.read_text("utf-8") for path in (ROOT / "docs/assets").glob("*.js"))
    assert kept not in ours


# --- the way to a page, and on from it ---


def trail(page: Page) -> list[tuple[str, str]]:
    """Read the trail: words and address of each step; the page itself has none."""
    steps = []
    for step in page.all("nav.nav-trail li"):
        links = find(step, "a")
        steps.append((text(step), urljoin(f"/{page.url}", attributes(links[0])["href"]) if links else ""))
    return steps


def test_every_page_but_the_first_says_where_it_stands(site: Site) -> None:
    for url, page in site.pages.items():
        if url not in ("", "404.html"):
            steps = trail(page)
            assert steps[0] == ("Home", "/"), url
            assert steps[-1][1] == "", url
            assert [step for step, address in steps[1:-1] if not address] == [], url
    assert trail(site.pages[""]) == []


def test_the_trail_ends_with_the_name_of_the_page(site: Site) -> None:
    for url in ("stages/5/", "areas/analytics/", "partners/hospital/", "glossary/"):
        assert trail(site.pages[url])[-1][0] == text(site.pages[url].one("h1")).removesuffix("¶").strip()


def test_the_trail_of_an_area_leads_over_its_track(site: Site) -> None:
    assert trail(site.pages["areas/analytics/"])[1:3] == [("Areas", "/areas/"), ("Technical", "/areas/#technical")]


def test_the_trail_of_a_project_leads_over_the_projects(site: Site) -> None:
    names = [url for url in site.pages if re.fullmatch(r"projects/.+/", url)]
    assert len(names) > 3
    for url in names:
        assert trail(site.pages[url])[1:2] == [("Projects", "/projects/")]
        meeting = site.pages.get(url.replace("projects/", "meetings/"))
        if meeting:
            assert trail(meeting)[1][1] == "/projects/"
            assert trail(meeting)[2] == (trail(site.pages[url])[-1][0], f"/{url}")


def on(page: Page, way: str) -> tuple[str, str]:
    """Give label and address of the link to the next or previous page."""
    (link,) = page.all(f"a.md-footer__link--{way}")
    return attributes(link)["aria-label"], urljoin(f"/{page.url}", attributes(link)["href"])


def test_the_stages_follow_one_another_and_say_what_comes(site: Site, book: Handbook) -> None:
    for number, after in pairwise(book.frame.stages):
        forth, address = on(site.pages[f"stages/{number}/"], "next")
        assert (forth, address) == (f"Next: {after} {book.frame.stages[after].title}", f"/stages/{after}/")
        back, address = on(site.pages[f"stages/{after}/"], "prev")
        assert (back, address) == (f"Previous: {number} {book.frame.stages[number].title}", f"/stages/{number}/")


def test_the_areas_follow_one_another_in_the_order_of_their_tracks(site: Site, book: Handbook) -> None:
    tracks = list(book.frame.tracks)
    areas = sorted(book.areas.values(), key=lambda area: tracks.index(area.track))
    for area, after in pairwise(areas):
        assert on(site.pages[f"areas/{area.name}/"], "next") == (f"Next: {after.title}", f"/areas/{after.name}/")


def test_the_guide_stands_behind_the_front_page(site: Site) -> None:
    assert on(site.pages[""], "next") == ("Next: Guide me", "/guide-me/")


# --- terms ---

GLOSSARY = """\
ATMP { #atmp }
:   Advanced therapy medicinal product: the [law](law.md)'s word. It has *three* kinds.

Combined ATMP { #combined-atmp }
:   An ATMP with a device.

Gate { #gate }
:   An item without which its stage is not left.

Open { #open .everyday }
:   Said of an item.
"""


def explained(html: str) -> list[tuple[str, str]]:
    """List what is linked in a text: words and anchor."""
    terms = read_terms(GLOSSARY)
    done = explain(html, terms, lambda anchor: f"g/#{anchor}")
    assert re.sub(r'<a class="nav-term"[^>]*>(.*?)</a>', r"\1", done) == html, "nothing else changes"
    return [
        (words, anchor) for anchor, words in re.findall(r'<a class="nav-term" href="g/#([^"]*)"[^>]*>(.*?)</a>', done)
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>An ATMP is a medicine.</p>", [("ATMP", "atmp")]),
        ("<p>ATMPs here, an ATMP there.</p>", [("ATMPs", "atmp")]),
        ("<p>A combined ATMP, then an ATMP.</p>", [("combined ATMP", "combined-atmp"), ("ATMP", "atmp")]),
        ("<p>Gates and a gate.</p>", [("Gates", "gate")]),
        ("<p>atmp, investigate, gate-keeper, pre-gate, /gate/</p>", []),
        ("<p>It is open.</p>", []),
        ('<h2>ATMP</h2><p><a href="x">an <em>ATMP</em></a> <code>gate</code></p>', []),
        ('<p title="ATMP">x</p><!-- ATMP --><img alt="gate">', []),
        ("<pre>gate</pre><summary>gate</summary><p>gate</p>", [("gate", "gate")]),
        ("<p>&ATMP; &#gate;</p>", []),
        ('<p><span class="nav-gate">gate</span> <span>a gate</span></p>', [("gate", "gate")]),
        ("<a>gate <b>gate</b> gate</a> combined <b>gate</b>", [("gate", "gate")]),
    ],
)
def test_a_term_is_linked_where_a_text_first_uses_it(html: str, expected: list[tuple[str, str]]) -> None:
    assert explained(html) == expected


def test_a_term_is_explained_by_the_first_sentence_of_the_glossary() -> None:
    term = read_terms(GLOSSARY).terms["ATMP"]
    assert term.text == "Advanced therapy medicinal product: the law's word."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grindarna", "Grindarna"),
        ("en grinds", "grinds"),
        ("spåret", "spåret"),
        ("spårens", "spårens"),
        ("ATMP:er", "ATMP:er"),
        ("ett grindhål, spårning", ""),
    ],
)
def test_a_term_is_found_with_the_endings_of_swedish(text: str, expected: str) -> None:
    terms = read_terms(
        "Grind { #gate }\n:   Ett krav. Åter ett.\n\nSpår { #track }\n:   Ett.\n\nATMP { #atmp }\n:   Ett.\n", "sv"
    )
    done = explain(f"<p>{text}</p>", terms, str)
    assert "".join(re.findall(r">([^<>]*)</a>", done)) == expected
    assert terms.terms["grind"].text == "Ett krav."


SENTENCES: dict[str, dict[str, dict[str, str]]] = independent.plain(ROOT / "tests/site/terms.yml")
GLOSSARIES = {"sv": "languages/sv/docs/glossary.md", "en": "docs/glossary.md"}


@each("sentence", [f"{language}: {sentence}" for language, some in SENTENCES.items() for sentence in some])
def test_a_term_of_the_glossary_is_found_in_its_forms_and_in_no_other_word(sentence: str) -> None:
    language, _, said = sentence.partition(": ")
    glossary = read_terms((ROOT / GLOSSARIES[language]).read_text("utf-8"), language)
    links = re.findall(r'<a class="nav-term" href="([^"]*)"[^>]*>(.*?)</a>', explain(f"<p>{said}</p>", glossary, str))
    assert {words: anchor for anchor, words in links} == SENTENCES[language][said]


@each("language", GLOSSARIES)
def test_every_form_in_a_glossary_is_read(language: str) -> None:
    text = (ROOT / GLOSSARIES[language]).read_text("utf-8")
    terms = read_terms(text, language).terms
    forms = [form for listed in re.findall(r'data-forms="([^"]*)"', text) for form in listed.split("|")]
    assert forms and not [form for form in forms if form not in terms and form[0].lower() + form[1:] not in terms]
    assert len(forms) == len(set(forms))


def test_a_glossary_without_terms_explains_nothing() -> None:
    terms = read_terms("# Glossary\n")
    assert explain("<p>ATMP</p>", terms, str) == "<p>ATMP</p>"


def test_every_entry_of_the_glossary_is_read_or_said_to_be_everyday() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    terms = read_terms(glossary).terms
    anchors = {term.anchor for term in terms.values()}
    assert len(anchors) + glossary.count(" .everyday }") == len(re.findall(r"^:   ", glossary, re.M)) > 100
    assert [term.word for term in terms.values() if "{{" in term.text] == [], "a link shows its first sentence"


def test_the_terms_of_the_field_are_in_the_glossary_in_alphabetical_order() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    ours, theirs = (
        [word.casefold() for word in re.findall(r"^(\S.*?) \{ #", part, re.M)] for part in glossary.split("\n## ")[1:]
    )
    asked = "MAH MAA CTA IMPD SUSAR DSMB DSUR SAP RMP PASS PAES JSC JCA QALY CRS ICANS OOS CDMO QP TMF GDP EHDS ERN"
    assert {word.casefold() for word in [*asked.split(), "JACIE", "LTFU", "RMAT", "Module 4"]} <= set(theirs)
    assert {"forge", "pull request"} <= set(ours)
    for words in (ours, theirs):
        assert words == sorted(words, key=lambda word: re.sub(r"[^a-z0-9]", " ", word))


def test_a_page_explains_a_term_once_and_leads_to_the_glossary(site: Site) -> None:
    anchors = set(site.pages["glossary/"].ids)
    assert site.pages["glossary/"].all(".nav-term") == []
    for url, page in site.pages.items():
        found = [attributes(term) for term in page.all("a.nav-term")]
        addresses = [term["href"] for term in found]
        assert len(addresses) == len(set(addresses)), url
        assert {urlsplit(address).fragment for address in addresses} <= anchors
        assert all(term["title"] for term in found)
    assert len(site.pages["areas/analytics/"].all("a.nav-term")) > 10
    assert len([page for page in site.pages.values() if page.all("a.nav-term")]) > 40


def test_terms_do_not_stand_in_links_headings_or_controls(site: Site) -> None:
    silent = {"a", "button", "code", "h1", "h2", "h3", "label", "pre", "summary"}
    odd = [
        (url, text(term), parent.name)
        for url, page in site.pages.items()
        for term in page.all("a.nav-term")
        for parent in above(term)
        if parent.name in silent
    ]
    assert odd == []
