"""The written guides: every page about something in the checklists has one, and says what its claims rest on."""

from __future__ import annotations

import re

from tests.support import independent
from tests.support.each import each
from tests.support.paths import ROOT

DOCS = ROOT / "docs"
FRAME = independent.plain(ROOT / "checklists/navigator.yml")
REFERENCES = independent.plain(ROOT / "checklists/references.yml")["references"]
AREAS = {path.stem: list(independent.plain(path)["items"]) for path in (ROOT / "checklists").glob("*al/*.yml")}

SUBJECTS = {
    "areas": sorted(AREAS),
    "stages": sorted(FRAME["stages"]),
    "partners": sorted(FRAME["partners"]),
    "modalities": sorted(FRAME["modalities"]),
    "routes": sorted(FRAME["routes"]),
}
GUIDES = [f"{folder}/{name}.md" for folder, names in SUBJECTS.items() for name in names]
MORE = ["routes/choosing.md", "model.md", "first-week.md"]
LISTS = {"areas": "area", "stages": "stage", "partners": "partner", "modalities": "modality", "routes": "route"}

CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}", re.DOTALL)


def text_of(file: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", (DOCS / file).read_text("utf-8"), flags=re.DOTALL)


def calls(file: str) -> list[tuple[str, list[str]]]:
    """List the macros that a page calls, with the texts they are given."""
    return [(name, re.findall(r'"([^"]*)"', given)) for name, given in CALL.findall(text_of(file))]


def words(file: str) -> int:
    """Count the words that somebody has written: no headings, no macros, no addresses."""
    text = re.sub(r"(?m)^#.*$", "", text_of(file))
    text = CALL.sub(lambda call: " ".join(re.findall(r'"([^"]*)"', call[2])[1:]), text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return len(re.findall(r"[A-Za-z][A-Za-z'’-]+", text))


def blocks(file: str) -> list[str]:
    """Split a page into paragraphs, list entries and rows of tables."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text_of(file)):
        found += re.split(r"\n(?=(?:[-*]|\d+\.)\s|\|)", paragraph.strip())
    return [block for block in found if block and not block.startswith("#")]


def test_each_area_stage_partner_modality_and_route_has_a_guide() -> None:
    assert len(GUIDES) == 20 + 9 + 5 + 5 + 2
    assert [file for file in GUIDES if not (DOCS / file).is_file()] == []


@each("file", GUIDES + MORE)
def test_a_guide_has_at_least_150_words_of_its_own(file: str) -> None:
    assert words(file) >= 150


@each("file", GUIDES)
def test_a_guide_shows_the_head_and_the_items_of_its_own_subject(file: str) -> None:
    folder, _, name = file.removesuffix(".md").partition("/")
    subject = name if folder == "stages" else f'"{name}"'
    for part in ("head", "items"):
        assert f"{{{{ {LISTS[folder]}_{part}({subject}) }}}}" in text_of(file)


@each("file", GUIDES)
def test_a_guide_takes_its_title_from_the_checklists(file: str) -> None:
    whole = (DOCS / file).read_text("utf-8")
    assert not re.search(r"(?m)^# |^title:", whole)


@each("file", GUIDES + MORE)
def test_what_a_guide_names_exists(file: str) -> None:
    for name, given in calls(file):
        if name == "cite":
            assert given[0] in REFERENCES
        if name == "item":
            area, _, word = given[0].partition("/")
            assert word in AREAS.get(area, []), given[0]


@each("file", GUIDES + MORE)
def test_no_part_of_a_guide_is_a_placeholder(file: str) -> None:
    assert not re.search(r"\b(TODO|TBD|FIXME|lorem|ipsum|to be written|coming soon|placeholder)\b", text_of(file), re.I)


# Months, shares, years and amounts are claims; the number of a stage, or of steps in a list, is not.
NUMBER = re.compile(r"(?<![\w/-])\d[\d,.]*(?!\w)")
NO_CLAIM = re.compile(r"stages?\s+\d(?:\s*(?:to|and|or|,)\s*\d)*|^\d+\.\s|\]\([^)]*\)|`[^`]*`", re.IGNORECASE)


@each("file", GUIDES + MORE)
def test_a_figure_in_a_guide_has_a_source_an_item_or_the_mark_of_a_proposal(file: str) -> None:
    bare = []
    for block in blocks(file):
        named = {name for name, _ in CALL.findall(block)}
        plain = NO_CLAIM.sub(" ", CALL.sub(" ", block))
        if NUMBER.search(plain) and not named & {"cite", "ours", "item"}:
            bare.append(block)
    assert bare == []


@each("file", GUIDES)
def test_a_guide_names_sources_or_says_that_it_is_our_proposal(file: str) -> None:
    named = [name for name, _ in calls(file)]
    assert "cite" in named or "ours" in named
    statements = [block for block in blocks(file) if not CALL.fullmatch(block.strip())]
    marked = [block for block in statements if {name for name, _ in CALL.findall(block)} & {"cite", "ours", "item"}]
    assert len(marked) >= len(statements) * 0.6, "most statements say what they rest on"
