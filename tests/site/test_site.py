"""The built site as a person and a browser meet it: pages, links, levels, safety and search."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from justhtml.dom import Element

from tests.support import independent
from tests.support.paths import ROOT
from tests.support.portfolio import lines
from tests.support.site import TODAY, Page, Site, attributes, find, shown_projects, text, walk

BOOK = independent.read_checklists(ROOT / "checklists")
AREAS = {path.stem: path for path in sorted((ROOT / "checklists").glob("*al/*.yml"))}  # technical, clinical, commercial
CONFIG = independent.plain(ROOT / "mkdocs.yml")
HOME = CONFIG["site_url"]
PROJECTS = shown_projects()
CURRENT = [name for name, project in PROJECTS.items() if project.get("kind") != "retrospective"]
DISCLAIMER = "Not legal, regulatory or medical advice"
GENERAL = {"imbalance", "debt", "hollow", "unsupported", "silo", "stale"}


def test_the_site_builds_strictly_without_a_warning(site: Site) -> None:
    warned = [line for line in site.output.splitlines() if re.match(r"(WARNING|ERROR|CRITICAL)\b", line)]
    assert (site.status, warned) == (0, []), site.output


# --- what is there ---


def test_there_is_a_page_for_everything(site: Site) -> None:
    expected = [
        *(f"stages/{number}/" for number in range(1, 10)),
        *(f"areas/{area}/" for area in AREAS),
        *(f"partners/{name}/" for name in ("university", "hospital", "innovation-office", "company", "region")),
        *(f"modalities/{name}/" for name in BOOK.frame["modalities"]),
        *(f"routes/{name}/" for name in BOOK.frame["routes"]),
        *(f"projects/{name}/" for name in PROJECTS),
    ]
    assert (len(BOOK.frame["modalities"]), len(BOOK.frame["routes"])) == (5, 2)
    assert [url for url in expected if url not in site.pages] == []


def test_there_is_no_page_for_what_does_not_exist(site: Site) -> None:
    known = {"areas": AREAS, "stages": BOOK.frame["stages"], "projects": PROJECTS, "routes": BOOK.frame["routes"]}
    for section, names in known.items():
        below = {url.split("/")[1] for url in site.pages if url.startswith(f"{section}/")} - {""}
        assert below - {"choosing"} == set(names), section


def test_every_item_can_be_linked_on_the_page_of_its_area(site: Site) -> None:
    missing = []
    for name in BOOK.items:
        area, _, word = name.partition("/")
        if word not in site.pages[f"areas/{area}/"].ids:
            missing.append(name)
    assert missing == []


def test_every_item_shows_its_own_title_under_its_anchor(site: Site) -> None:
    for area in AREAS:
        page = site.pages[f"areas/{area}/"]
        shown = {attributes(element).get("id"): heading(element) for element in page.elements if element.name == "h3"}
        expected = {n.split("/")[1]: i["title"] for n, i in BOOK.items.items() if n.startswith(f"{area}/")}
        assert {word: shown.get(word) for word in expected} == expected


def heading(element: Element) -> str:
    """Give the text of a heading without the sign of its permanent link."""
    return text(element).removesuffix("¶").strip()


def test_every_source_that_is_cited_stands_on_the_references_page(site: Site) -> None:
    cited = {source for item in BOOK.items.values() for source in independent.several(item.get("sources"))}
    rules = independent.plain(ROOT / "checklists/bottlenecks.yml")["rules"]
    cited |= {source for rule in rules.values() for source in independent.several(rule.get("sources"))}
    assert len(cited) > 50
    assert cited - set(site.pages["references/"].ids) == set()


def test_every_item_links_all_its_sources(site: Site) -> None:
    missing = []
    for name, item in BOOK.items.items():
        area, _, word = name.partition("/")
        links = {attributes(link).get("href", "") for link in section_of(site.pages[f"areas/{area}/"], word)}
        wanted = {f"../../references/#{source}" for source in independent.several(item.get("sources"))}
        missing += [(name, link) for link in wanted - links]
    assert missing == []


def section_of(page: Page, word: str) -> list[Element]:
    """List the elements from the heading with an id up to the next heading."""
    start = next(i for i, element in enumerate(page.elements) if attributes(element).get("id") == word)
    end = next((i for i in range(start + 1, len(page.elements)) if page.elements[i].name in ("h2", "h3")), None)
    return page.elements[start:end]


# --- links and ids ---


def links(page: Page) -> list[str]:
    """List the addresses a page names; those of pictures in several sizes one by one."""
    found = []
    for element in page.elements:
        for name, value in attributes(element).items():
            if name in ("href", "src", "action", "poster", "cite", "data", "formaction", "xlink:href"):
                found.append(value)
            elif name == "srcset":
                found += [part.split()[0] for part in value.split(",")]
    return found


def target(page: Page, link: str) -> tuple[str, str] | None:
    """Find where a link leads, as file and anchor; None when it leaves the site."""
    root = urlsplit(HOME)
    parts = urlsplit(urljoin(urljoin(HOME, page.url), link))
    if parts.scheme not in ("http", "https") or parts.netloc != root.netloc:
        return None
    path = unquote(parts.path).removeprefix(root.path)
    return path + ("index.html" if path == "" or path.endswith("/") else ""), unquote(parts.fragment)


def test_no_link_is_dead(site: Site) -> None:
    ids = {
        url + ("index.html" if not url or url.endswith("/") else ""): set(page.ids) for url, page in site.pages.items()
    }
    dead = set()
    for page in site.pages.values():
        for link in links(page):
            found = target(page, link)
            if found is None:
                continue
            path, anchor = found
            if path not in site.files or (anchor and path in ids and anchor not in ids[path]):
                dead.add((page.url, link))
    assert sorted(dead) == []


def test_links_inside_the_site_are_relative(site: Site) -> None:
    """The site may be moved to another address, or read from a folder; only the 404 page cannot know where it is."""
    absolute = {
        (url, link)
        for url, page in site.pages.items()
        for element in page.elements
        for link in [attributes(element).get("href", attributes(element).get("src", ""))]
        if link.startswith("/") or (link.startswith(HOME) and element.name != "link")
    }
    assert sorted(entry for entry in absolute if entry[0] != "404.html") == []


def test_links_of_the_404_page_begin_with_the_path_of_the_site(site: Site) -> None:
    inside = [link for link in links(site.pages["404.html"]) if not urlsplit(link).scheme and not link.startswith("#")]
    assert inside
    assert [link for link in inside if not link.startswith(urlsplit(HOME).path)] == []


def test_links_out_of_the_site_are_secure(site: Site) -> None:
    schemes = Counter(urlsplit(link).scheme for page in site.pages.values() for link in links(page))
    assert schemes.keys() <= {"", "https", "mailto", "webcal"}


def test_every_place_in_the_search_index_exists(site: Site) -> None:
    dead = []
    for entry in index(site):
        url, _, anchor = entry["location"].partition("#")
        if url not in site.pages or (anchor and anchor not in site.pages[url].ids):
            dead.append(entry["location"])
    assert dead == []


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    twice = {url: [name for name, n in Counter(page.ids).items() if n > 1] for url, page in site.pages.items()}
    assert {url: ids for url, ids in twice.items() if ids} == {}


def test_no_id_is_empty_or_holds_white_space(site: Site) -> None:
    assert [(url, name) for url, page in site.pages.items() for name in page.ids if re.search(r"\s|^$", name)] == []


# --- what projects show ---


def pictures(page: Page) -> list[dict[str, tuple[int, int, list[tuple[int, int]]]]]:
    """Read the pictures of a project: for each route, track → level, working stage, counts by stage."""
    titles = {entry["title"]: track for track, entry in BOOK.frame["tracks"].items()}
    found = []
    for table in page.all(".nav-scale-table"):
        tracks = {}
        for body in find(table, "tbody"):
            words = text(find(body, "th")[0])
            title, level = re.match(r"(.+?) level (\d)", words).groups()  # type: ignore[union-attr]
            working = re.search(r"working on stage (\d)", words)
            assert working or "not begun" in words
            shares = [text(cell).split("/") for cell in find(body, ".nav-count")]
            counts = [(int(met), int(asked)) for met, asked in shares]
            tracks[titles[title]] = (int(level), int(working[1]) if working else 0, counts)
        found.append(tracks)
    return found


def routes_shown(page: Page, routes: int) -> list[dict[str, tuple[int, int, list[tuple[int, int]]]]]:
    """Read what a page says of each route: the picture of the first, and of the second what is different there."""
    first, *drawn = pictures(page)
    if routes == 1:
        return [first]
    other = {track: (level, working, [*counts]) for track, (level, working, counts) in first.items()}
    words = next(said for said in map(text, page.all("article p")) if "as on the first route." in said)
    for track, stages in re.findall(r"([a-z]+) (stage [^;.]+)", words):
        for stage, met, asked in re.findall(r"stage (\d) (\d+)/(\d+)", stages):
            other[track][2][int(stage) - 1] = int(met), int(asked)
    return [first, other | (drawn[0] if drawn else {})]


@pytest.mark.parametrize("name", CURRENT)
def test_levels_working_stages_and_counts_on_a_page_are_those_of_a_second_calculation(site: Site, name: str) -> None:
    expected = [
        {
            track: (standing.level[track], standing.working[track], list(standing.counts[track].values()))
            for track in BOOK.frame["tracks"]
        }
        for standing in independent.stand(BOOK, PROJECTS[name], TODAY).values()
    ]
    assert routes_shown(site.pages[f"projects/{name}/"], len(expected)) == expected


@pytest.mark.parametrize("name", CURRENT)
def test_marks_of_the_stages_fit_the_level(site: Site, name: str) -> None:
    cells = [
        [set(attributes(cell)["class"].split()) - {"nav-cell"} for cell in find(body, ".nav-cell")]
        for body in find(site.pages[f"projects/{name}/"].all(".nav-scale-table")[0], "tbody")
    ]
    targets = {int(stage) for stage in PROJECTS[name].get("targets") or {}}  # type: ignore[attr-defined]
    expected = []
    for standing in [*independent.stand(BOOK, PROJECTS[name], TODAY).values()][:1]:
        for track in BOOK.frame["tracks"]:
            level, possible, working = standing.level[track], standing.possible[track], standing.working[track]
            marks = {
                "nav-passed": range(1, level + 1),
                "nav-blocked": range(level + 1, level + 2),
                "nav-possible": range(level + 1, possible + 1),
                "nav-begun": range(possible + 1, working + 1),
                "nav-goal": targets,
            }
            expected.append([{mark for mark, stages in marks.items() if n in stages} for n in BOOK.stages])
    assert cells == expected


@pytest.mark.parametrize("name", CURRENT)
def test_the_bracket_spans_the_stages_between_the_lowest_and_the_highest_track(site: Site, name: str) -> None:
    shown = []
    for table in site.pages[f"projects/{name}/"].all(".nav-scale-table")[:1]:
        widths = [int(attributes(cell)["colspan"]) for cell in find(table, "tfoot td")]
        marked = [int(attributes(cell)["colspan"]) for cell in find(table, "tfoot .nav-bracket")]
        before = (
            widths[0] if widths and "nav-bracket" not in attributes(find(table, "tfoot td")[0]).get("class", "") else 0
        )
        shown.append((sum(widths), before, marked))
    expected = []
    for standing in [*independent.stand(BOOK, PROJECTS[name], TODAY).values()][:1]:
        low, high = min(standing.level.values()), max(standing.level.values())
        expected.append((9, low, [high - low]) if high > low else (0, 0, []))
    assert shown == expected


@pytest.mark.parametrize("name", CURRENT)
def test_the_picture_says_in_words_how_far_the_tracks_are_apart(site: Site, name: str) -> None:
    said = [text(caption) for caption in site.pages[f"projects/{name}/"].all(".nav-scale-table caption")]
    for words, standing in zip(said, independent.stand(BOOK, PROJECTS[name], TODAY).values(), strict=False):
        low, high = min(standing.level.values()), max(standing.level.values())
        if low == high:
            assert words.startswith(f"All tracks are at level {low}.")
            continue
        ends = [", ".join(t for t, level in standing.level.items() if level == end) for end in (low, high)]
        assert words.startswith(f"From level {low} ({ends[0]}) to level {high} ({ends[1]}): {high - low} apart.")


@pytest.mark.parametrize("name", CURRENT)
def test_what_is_to_be_met_is_that_of_a_second_calculation(site: Site, name: str) -> None:
    targets = sorted(int(stage) for stage in PROJECTS[name].get("targets") or {})  # type: ignore[attr-defined]
    said = {
        attributes(fold)["data-track"]: text(find(fold, "summary")[0])
        for fold in site.pages[f"projects/{name}/"].all(".nav-items-of")
    }
    for standing in independent.stand(BOOK, PROJECTS[name], TODAY).values():
        for track in BOOK.frame["tracks"]:
            after, first = 0, min(standing.level[track] + 1, BOOK.stages[-1])
            for stage in [first, *(target for target in targets if target > first)]:
                number = len(standing.gaps(track, after, stage))
                words = r"items? to be met to pass stage" if after == 0 else "more for stage"
                assert re.search(rf"\b{number} {words} {stage}\b", said[track]), (track, stage)
                after = stage


@pytest.mark.parametrize("name", CURRENT)
def test_each_cell_leads_to_the_list_of_the_items_that_it_counts(site: Site, name: str) -> None:
    page, given = site.pages[f"projects/{name}/"], independent.answers(PROJECTS[name])
    asked = frozenset[str]().union(
        *(independent.asked_of(BOOK, PROJECTS[name], r) for r in independent.several(PROJECTS[name]["route"]))
    )
    waived = {item for item in asked if given.get(item, {}).get("status") == "not-applicable"}
    lists = {attributes(found)["id"]: listed(found) for found in page.all(".nav-item-list")}
    cells = find(page.all(".nav-scale-table")[0], ".nav-cell a")
    assert [attributes(cell)["href"] for cell in cells] == [f"#{anchor}" for anchor in lists]
    expected: dict[str, set[str]] = {anchor: set() for anchor in lists}
    for item in asked - waived:
        expected[f"{BOOK.items[item]['track']}-{BOOK.items[item]['stage']}"].add(item)
    assert {anchor: {*items} for anchor, items in lists.items()} == expected


def listed(found: Element) -> dict[str, str]:
    """Read a list of items: full name → what it says."""
    rows = {attributes(find(row, "a")[0])["href"]: text(row) for row in find(found, "li")}
    return {re.sub(r".*areas/([^/]+)/#(.+)", r"\1/\2", address): words for address, words in rows.items()}


@pytest.mark.parametrize("name", CURRENT)
def test_findings_on_a_page_are_those_of_a_second_calculation(site: Site, name: str) -> None:
    sections = [attributes(section) for section in site.pages[f"projects/{name}/"].all(".nav-finding")]
    shown = {
        (
            section["data-kind"],
            section["data-severity"],
            section["data-subject"],
            "nav-acknowledged" in section["class"],
        )
        for section in sections
        if section["data-kind"] in GENERAL
    }
    expected = {
        (kind, severity, subject, kind in standing.acknowledged)
        for standing in independent.stand(BOOK, PROJECTS[name], TODAY).values()
        for kind, severity, subject in standing.findings
    }
    assert shown == expected


def test_the_portfolio_shows_the_levels_of_every_project_on_every_route(site: Site) -> None:
    shown = lines(site.pages["projects/"].tree)
    expected = {
        (name, route): standing
        for name, project in PROJECTS.items()
        if project.get("kind") != "retrospective"
        for route, standing in independent.stand(BOOK, project, TODAY).items()
    }
    assert {key: line.levels for key, line in shown.items()} == {key: s.level for key, s in expected.items()}
    for (name, route), standing in expected.items():
        assert max(standing.working.values()) in shown[name, route].stages


@pytest.mark.parametrize("name", CURRENT)
def test_what_is_met_stands_on_the_page_with_its_evidence(site: Site, name: str) -> None:
    given = independent.answers(PROJECTS[name])
    asked = frozenset[str]().union(
        *(independent.asked_of(BOOK, PROJECTS[name], r) for r in independent.several(PROJECTS[name]["route"]))
    )
    rows = {
        item: words
        for found in site.pages[f"projects/{name}/"].all(".nav-item-list")
        for item, words in listed(found).items()
    }
    for item in {n for n, answer in given.items() if n in asked and answer["status"] == "met"}:
        evidence = given[item].get("evidence", "No evidence given")
        assert " ".join(evidence.split()) in rows[item], item


@pytest.mark.parametrize("name", [name for name in PROJECTS if name not in CURRENT])
def test_what_a_retrospective_has_answered_stands_on_its_page_and_no_level(site: Site, name: str) -> None:
    page = site.pages[f"projects/{name}/"]
    (happened,) = page.all(".nav-moments")
    linked = {attributes(link)["href"] for link in find(happened, "a")}
    words = text(happened)
    for item, answer in independent.answers(PROJECTS[name]).items():
        assert BOOK.items[item]["title"] in words, item
        assert answer["evidence"] in linked or " ".join(answer["evidence"].split()) in words, item
    assert page.all(".nav-scale-table") == []


@pytest.mark.parametrize("name", CURRENT)
def test_each_decision_on_the_meeting_page_has_an_owner_and_room_for_a_month(site: Site, name: str) -> None:
    asked = [text(each) for each in site.pages[f"meetings/{name}/"].all(".nav-write")]
    assert asked
    assert [
        words for words in asked if not re.match(r"Decided: ?Owner:.* ?Month( \(needed by [\d-]+\))?:", words)
    ] == []


@pytest.mark.parametrize("name", CURRENT)
def test_a_project_page_has_no_heading_over_nothing(site: Site, name: str) -> None:
    article = site.pages[f"projects/{name}/"].html.partition("<article")[2].partition("</article>")[0]
    sections = [section.partition("</h2>")[2] for section in re.split(r"<h2\b", article)[1:]]
    assert len(sections) >= 5
    assert all(re.sub(r"<[^>]*>", "", section).strip() for section in sections)


@pytest.mark.parametrize("name", CURRENT)
def test_the_first_moves_are_three_and_are_not_listed_again(site: Site, name: str) -> None:
    page = site.pages[f"projects/{name}/"]
    first, others = (
        [attributes(find(row, "a")[0])["href"] for row in page.all(rows)]
        for rows in (".nav-next > li", ".nav-movers li")
    )
    assert len(first) == 3
    assert not {*first} & {*others}


# --- safety ---


def test_no_element_runs_code_of_its_own(site: Site) -> None:
    found = [
        (url, element.name, name, value)
        for url, page in site.pages.items()
        for element in page.elements
        for name, value in attributes(element).items()
        if name.lower().startswith("on") or re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)
    ]
    assert found == []


def test_no_page_loads_anything_from_elsewhere(site: Site) -> None:
    loading = {"script", "link", "img", "iframe", "source", "video", "audio", "embed", "object", "use", "image", "form"}
    found = [
        (url, element.name, link)
        for url, page in site.pages.items()
        for element in page.elements
        if element.name in loading
        for name, link in attributes(element).items()
        if name in ("src", "href", "data", "srcset", "action", "xlink:href")
        and urlsplit(urljoin(HOME, link)).netloc != urlsplit(HOME).netloc
    ]
    assert found == []


def test_the_style_sheets_of_the_site_load_nothing_from_elsewhere(site: Site) -> None:
    found = [
        (name, address)
        for name in site.files
        if name.endswith(".css")
        for address in re.findall(
            r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", (site.folder / name).read_text()
        )
    ]
    assert found == []


def test_every_script_is_a_file_of_the_site_or_one_of_the_theme(site: Site) -> None:
    """What the theme writes into its pages stands on the 404 page as well, where there is nothing of ours."""
    plain = {text(script) for script in site.pages["404.html"].all("script") if "src" not in attributes(script)}
    odd = [
        (url, text(script)[:80])
        for url, page in site.pages.items()
        for script in page.all("script")
        if "src" not in attributes(script)
        and attributes(script).get("type") not in ("application/json", "application/ld+json")
        and re.sub(r'new URL\("[^"]*"', "", text(script))
        not in {re.sub(r'new URL\("[^"]*"', "", each) for each in plain}
    ]
    assert odd == []


@pytest.mark.parametrize(
    "mark", [r"<!--\s*(held|late):", r"\{\{|\}\}|\{%|%\}", r"\bUndefined\b", r"&amp;(amp|lt|gt|quot|#\d+);"]
)
def test_nothing_unfinished_is_left_on_a_page(site: Site, mark: str) -> None:
    left = []
    for url, page in site.pages.items():
        article = re.sub(r"<(script|code)\b.*?</\1>", "", page.html, flags=re.DOTALL)
        left += [(url, article[found.start() : found.start() + 60]) for found in re.finditer(mark, article)]
    assert left == []


# --- search ---


def index(site: Site) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    return entries


def plain_text(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_search_finds_every_item_by_its_title(site: Site) -> None:
    titles = {entry["location"]: plain_text(entry["title"]) for entry in index(site)}
    expected = {f"areas/{name.replace('/', '/#')}": item["title"] for name, item in BOOK.items.items()}
    assert {place: titles.get(place) for place in expected} == expected


def test_search_finds_every_project_by_its_title_and_summary(site: Site) -> None:
    entries = {entry["location"]: entry for entry in index(site)}
    for name, project in PROJECTS.items():
        entry = entries[f"projects/{name}/"]
        assert plain_text(entry["title"]) == project["title"]
        assert " ".join(str(project["summary"]).split()) in plain_text(entry["text"])


def test_search_does_not_hold_the_tables_of_projects(site: Site) -> None:
    everything = " ".join(plain_text(f"{entry['title']} {entry['text']}") for entry in index(site))
    ours = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "checklists").rglob("*.yml")]
    elsewhere = " ".join(" ".join(path.read_text("utf-8").split()) for path in ours)
    words = {
        " ".join(answer[field].split())
        for project in PROJECTS.values()
        for answer in independent.answers(project).values()
        for field in ("evidence", "note", "because")
        if field in answer
    }
    own = {word for word in words if len(word) > 8 and word not in elsewhere}
    assert len(own) > 100
    assert sorted(word for word in own if word in everything) == []


# --- every page ---


def test_every_page_has_a_title_of_its_own(site: Site) -> None:
    titles = {url: text(page.one("head title")) for url, page in site.pages.items()}
    assert [url for url, title in titles.items() if not title] == []
    # The meeting page of a project may share the project's name.
    twice = [
        title
        for title, n in Counter(t for url, t in titles.items() if not url.startswith("meetings/")).items()
        if n > 1
    ]
    assert twice in ([], [CONFIG["site_name"]])


def test_every_page_has_one_first_heading_and_a_language(site: Site) -> None:
    assert {url: len(page.all("h1")) for url, page in site.pages.items() if len(page.all("h1")) != 1} == {}
    assert [url for url, page in site.pages.items() if attributes(page.one("html")).get("lang") != "en"] == []


def test_no_heading_skips_a_level(site: Site) -> None:
    skips = []
    for url, page in site.pages.items():
        depths = [int(element.name[1]) for element in page.elements if re.fullmatch("h[1-6]", element.name)]
        skips += [(url, before, after) for before, after in pairwise(depths) if after > before + 1]
    assert skips == []


def test_the_disclaimer_stands_on_every_page(site: Site) -> None:
    assert [url for url, page in site.pages.items() if DISCLAIMER not in text(page.one("footer.md-footer"))] == []


def pencil(page: Page) -> str:
    (link,) = [link for link in page.all("a") if attributes(link).get("rel") == "edit"]
    return attributes(link)["href"]


def test_the_pencil_of_a_project_opens_its_status_file(site: Site) -> None:
    for name in PROJECTS:
        assert pencil(site.pages[f"projects/{name}/"]).endswith(f"/edit/main/projects/{name}.yml")


def test_the_page_of_an_area_leads_to_its_guide_and_its_checklist(site: Site) -> None:
    for area, path in AREAS.items():
        page = site.pages[f"areas/{area}/"]
        assert pencil(page).endswith(f"/edit/main/docs/areas/{area}.md")
        links = [attributes(link).get("href", "") for link in page.all("article a")]
        assert any(link.endswith(f"/edit/main/checklists/{path.parent.name}/{area}.yml") for link in links), area


def test_every_pencil_opens_a_file_that_exists(site: Site) -> None:
    base = CONFIG["edit_uri"].removesuffix("docs/")
    pencils = {url: pencil(page) for url, page in site.pages.items() if url != "404.html"}
    odd = {
        url: link
        for url, link in pencils.items()
        if not (link.startswith(base) and (ROOT / link[len(base) :]).is_file())
    }
    assert odd == {}


def test_pages_have_no_faults_of_html_that_the_theme_does_not_have(site: Site) -> None:
    theme = {error.code for error in site.pages["404.html"].tree.errors}
    faults = {url: {error.code for error in page.tree.errors} - theme for url, page in site.pages.items()}
    assert {url: codes for url, codes in faults.items() if codes} == {}


class Balance(HTMLParser):
    """Notes elements that are closed without being open, or before what they hold."""

    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, _tag: str, _attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            line, _ = self.getpos()
            self.odd.append(f"line {line}: </{tag}> closes {self.open[-1:]}")


def test_every_element_is_closed_where_it_should_be(site: Site) -> None:
    """The parser closes what is left open in silence, and then a section may swallow the rest of the page."""
    odd = {}
    for url, page in site.pages.items():
        balance = Balance()
        balance.feed(page.html)
        if balance.odd or balance.open:
            odd[url] = [*balance.odd, *balance.open][0]
    assert odd == {}


def test_lists_tables_and_definitions_hold_only_what_belongs_there(site: Site) -> None:
    """The parser takes these in silence, and screen readers count wrongly."""
    allowed = {
        "ul": {"li", "script", "template"},
        "ol": {"li", "script", "template"},
        "dl": {"div", "dt", "dd", "script", "template"},
        "tr": {"td", "th"},
        "select": {"option", "optgroup"},
    }
    odd = {
        (url, element.name, child.name)
        for url, page in site.pages.items()
        for element in page.elements
        for child in element.children or []
        if element.name in allowed and isinstance(child, Element) and child.name not in allowed[element.name]
    }
    assert sorted(odd) == []


def test_every_table_has_a_caption_and_headers(site: Site) -> None:
    """Tables written by hand in Markdown have headers but cannot have a caption."""
    tables = [
        (url, table)
        for url, page in site.pages.items()
        for table in page.all("table")
        if attributes(table).get("class")
    ]
    assert len(tables) > 50
    assert [url for url, table in tables if not find(table, "caption")] == []
    assert [url for url, table in tables if not find(table, "th")] == []
    cells: list[Any] = [(url, th) for url, table in tables for th in walk(table) if th.name == "th"]
    assert [
        (url, text(th))
        for url, th in cells
        if attributes(th).get("scope") not in ("col", "row", "rowgroup", "colgroup")
    ] == []
