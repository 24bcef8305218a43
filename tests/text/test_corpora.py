"""Texts that nobody here wrote: the official YAML test suite, and the Big List of Naughty Strings.

Where the files come from stands in `tests/text/corpora/SOURCES.txt`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from justhtml import JustHTML
from justhtml.dom import Element, Text

from macros.engine.portfolio import Portfolio
from macros.fields.placeholders import is_placeholder
from macros.fields.shape import shape
from macros.load.handbook import survey
from macros.model.handbook import Handbook
from macros.model.status_file import StatusFile
from macros.text.problem import ERROR
from macros.text.reader import read
from macros.text.report import report
from macros.text.source import Items, Mapping, Source, Value
from macros.views.context import PageContext
from macros.views.registry import Views
from tests.support.each import each
from tests.support.paths import HANDBOOK, TESTS

DAY = date(2026, 11, 22)
FILE = "projects/x.yml"
CASES: dict[str, dict[str, str]] = {
    case["id"]: case for case in json.loads((TESTS / "text/corpora/yaml-test-suite.json").read_text("utf-8"))
}
STRINGS: list[str] = json.loads((TESTS / "text/corpora/naughty-strings.json").read_text("utf-8"))

PARSERS = {"Python": yaml.SafeLoader, "C": getattr(yaml, "CSafeLoader", yaml.SafeLoader)}
with_both_parsers = pytest.mark.parametrize("parser", PARSERS)

LET_THROUGH = {
    "9C9N": "a list whose further lines are not indented; its meaning is plain",
    "QB6E": "a text in quotes whose further lines are not indented; its meaning is plain",
    "S98Z": "an empty block in which an empty line is too wide",
}
"""Cases that a right reader refuses and PyYAML's parsers take, without loss."""

READ_OTHERWISE = {
    "652Z": "a question mark before a name in braces is dropped; no name of ours begins with one",
    "L24T/01": "a line of spaces ends the file without a line break, and PyYAML adds none",
}
"""Cases whose texts PyYAML's parsers read in another way than the suite."""


def taken(raw: bytes, parser: str) -> Source | None:
    """Read a file with one of the two parsers; None where it is refused, with every problem inside the file."""
    with mock.patch("macros.text.reader.Loader", PARSERS[parser]):
        source, problems = read(FILE, raw)
    lines = source.text.split("\n")
    for problem in problems:
        assert problem.sentence
        if problem.line or problem.column:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert bool(report(problems)) == bool(problems)
    return None if problems else source


# --- the official YAML test suite ---


def test_the_suite_is_complete() -> None:
    assert len(CASES) == 402
    assert sum(case["tree"] is None for case in CASES.values()) == 94


def tree(text: str) -> Value:
    """Build plain values from the suite's tree of one document: texts, lists and groups, None for nothing."""
    rows = iter([row.lstrip(" ") for row in text.split("\n")])
    assert next(rows) == "+STR"
    assert next(rows).startswith("+DOC")
    value = node(next(rows), rows)
    assert next(rows).startswith("-DOC")
    assert next(rows) == "-STR"
    return value


def node(row: str, rows: Iterator[str]) -> Value:
    assert not re.match(r"=ALI|(=VAL|[+]MAP|[+]SEQ)( [\[{]\S+)? [&<]", row), "what the reader refuses"
    if row.startswith("=VAL"):
        style, escaped = row[5], row[6:]
        names = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\"}
        value = re.sub(r"\\(.)", lambda found: names[found[1]], escaped)
        return None if style == ":" and not value else value
    children = []
    while (child := next(rows))[0] != "-":
        children.append(node(child, rows))
    return dict(zip(children[::2], children[1::2], strict=True)) if row.startswith("+MAP") else children


@with_both_parsers
@each("name", CASES)
def test_every_case_of_the_suite_is_refused_or_read_as_the_suite_says(name: str, parser: str) -> None:
    source = taken(CASES[name]["yaml"].encode(), parser)
    if source is None:
        return
    if CASES[name]["tree"] is None:
        assert name in LET_THROUGH
    elif name in READ_OTHERWISE:
        assert source.data != tree(CASES[name]["tree"])
    else:
        assert source.data == tree(CASES[name]["tree"])


@with_both_parsers
def test_enough_of_the_suite_is_taken_to_tell_something(parser: str) -> None:
    """Most cases are about what the reader refuses on purpose: tags, anchors, lists or texts at the top."""
    names = {name for name, case in CASES.items() if taken(case["yaml"].encode(), parser)}
    assert len(names) >= 60
    assert names >= READ_OTHERWISE.keys()
    assert names >= LET_THROUGH.keys()


def places(value: Value) -> Iterator[tuple[str | None, Any]]:
    """Yield every text of a value with its place, names included."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield name, value.name_at(name)
            yield from [] if isinstance(inner, (Mapping, Items)) else [(inner, value.value_at(name))]
            yield from places(inner)
    elif isinstance(value, Items):
        for number, inner in enumerate(value):
            yield from [] if isinstance(inner, (Mapping, Items)) else [(inner, value.value_at(number))]
            yield from places(inner)


@with_both_parsers
def test_every_text_stands_where_the_reader_says(parser: str) -> None:
    seen = 0
    for case in CASES.values():
        source = taken(case["yaml"].encode(), parser)
        for value, spot in places(source.data if source else None):
            assert source
            row = source.line(spot.line)
            assert 1 <= spot.column <= len(row) + 1
            written = row[spot.column - 1 : spot.column - 1 + spot.width]
            if value and written[:1] not in ("'", '"', "|", ">", "?") and "\n" not in value and len(written) > 1:
                assert written == value
                seen += 1
    assert seen > 100


@pytest.mark.parametrize(
    "text",
    [
        'evidence: "SOP 1"#3\n',
        "evidence: 'SOP 1'#3\n",
        "route: [a, b]#3\n",
        "trial: {a: met}#3\n",
        "title: |#3 cells\n  x\n",
        "title: >#3 cells\n  x\n",
        "title: >-#3 cells\n",
    ],
)
def test_text_that_is_glued_to_a_closing_mark_is_not_lost(text: str) -> None:
    """YAML wants a space before a comment (cases SU5Z and X4QW); without one it is text of the author."""
    assert taken(text.encode(), "C") is None


# --- naughty strings ---

WORD = "Plainword"
ITEM = "team/joint-core-team"


def status_file(text: str) -> dict[str, Any]:
    met = {"status": "met", "since": "2026-10-01", "evidence": text, "note": text}
    return {
        "checklist": "v2026.1",
        "title": text,
        "summary": text,
        "modality": "allogeneic-cell",
        "route": "central-authorisation",
        "lead": "university",
        "assessed": "2026-11-02",
        "status": {"team": {"joint-core-team": met}, "trial": {"dose-rationale": {**met, "status": "not-met"}}},
        "events": [{"date": "2026-06-01", "kind": "owner-change", "text": text}],
    }


FORMS: dict[str, Callable[[str], str]] = {
    "quoted": lambda text: yaml.safe_dump(status_file(text), allow_unicode=True, sort_keys=False),
    "escaped": lambda text: yaml.safe_dump(status_file(text), default_style='"', width=40),
    "typed": lambda text: yaml.safe_dump(status_file(WORD), sort_keys=False).replace(WORD, text),
}


@dataclass(frozen=True)
class Answers:
    """What became of the strings: the ids of the projects that were taken, and the files that were refused."""

    handbook: Handbook
    refused: frozenset[str]


def name(form: str, number: int) -> str:
    return f"{form}-{number:03}"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Every string in every form, each in a status file of its own, read at once."""
    root = Path(shutil.copytree(HANDBOOK, tmp_path_factory.mktemp("naughty") / "handbook"))
    (root / "projects/retina.yml").unlink()
    (root / "projects/plain.yml").write_text(FORMS["quoted"](WORD), "utf-8")
    for form, write in FORMS.items():
        for number, text in enumerate(STRINGS):
            (root / f"projects/{name(form, number)}.yml").write_bytes(write(text).encode())
    handbook, problems = survey(root, DAY)
    assert handbook
    return Answers(handbook, frozenset(Path(each.file).stem for each in problems if each.severity == ERROR))


def texts_of(answers: Answers, project: str) -> list[str | None]:
    read = answers.handbook.projects[project]
    return [read.title, read.summary, read.answers[ITEM].evidence, read.answers[ITEM].note, read.events[0].text]


def test_all_naughty_strings_are_there() -> None:
    assert len(STRINGS) == 485


@pytest.mark.parametrize("form", ["quoted", "escaped"])
def test_a_naughty_string_in_quotes_is_taken_letter_by_letter_or_refused(form: str, answers: Answers) -> None:
    taken = [number for number in range(len(STRINGS)) if name(form, number) not in answers.refused]
    assert len(taken) > 450
    for number in taken:
        assert texts_of(answers, name(form, number)) == [STRINGS[number]] * 5


def test_a_string_is_refused_in_quotes_only_for_what_nobody_can_see(answers: Answers) -> None:
    """Or for what must not be published, which `tests/privacy/test_privacy.py` is about."""
    for number, text in enumerate(STRINGS):
        if name("quoted", number) in answers.refused and re.search(r"\w", text):
            hidden = re.search(
                r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff-\uffff]",
                text,
            )
            assert hidden or re.search(r"@|\d{6}", text), text


def as_typed(text: str) -> str | None:
    """What YAML itself makes of a string that is typed as it is: None where it is not a text any more.

    Spaces around a text are no part of it. A text that begins and ends with a quote is one in quotes.
    """
    bare = text.strip()
    if bare[:1] in ("'", '"') and bare[-1:] == bare[:1] and len(bare) > 1:
        return str(yaml.load(bare, Loader=yaml.BaseLoader))
    return bare


def test_a_naughty_string_typed_as_it_is_is_taken_as_it_is_or_refused(answers: Answers) -> None:
    taken = [number for number in range(len(STRINGS)) if name("typed", number) not in answers.refused]
    assert len(taken) > 350
    for number in taken:
        assert texts_of(answers, name("typed", number)) == [as_typed(STRINGS[number])] * 5


@pytest.mark.parametrize(
    "braces", ["{{status: met, since: 2026-10-01, evidence: {}}}", "{{evidence: {}, status: met}}"]
)
def test_a_naughty_string_typed_in_braces_is_taken_as_it_is_or_refused(braces: str) -> None:
    """An empty text is no evidence; of a comma at its end YAML makes the end of the entry."""
    head = yaml.safe_dump({**status_file(WORD), "status": {"team": {"joint-core-team": WORD}}}, sort_keys=False)
    before, marked, after = head.partition(f"joint-core-team: {WORD}")
    taken_ones = 0
    for text in STRINGS:
        source = taken(f"{before}{marked.replace(WORD, braces.format(text))}{after}".encode(), "C")
        record = shape(StatusFile, source) if source else []
        if not isinstance(record, list):
            answer = record.status["team"]["joint-core-team"]
            assert answer
            assert (answer.evidence or "") == (as_typed(text) or "").rstrip(",")
            taken_ones += 1
    assert taken_ones > 250


@pytest.mark.parametrize("form", FORMS)
def test_both_parsers_take_the_same_strings_and_read_the_same(form: str) -> None:
    """So it does not matter whether the C library is there."""
    for text in STRINGS:
        one, other = (taken(FORMS[form](text).encode(), parser) for parser in PARSERS)
        assert (one and one.data) == (other and other.data), text


# --- naughty strings on pages ---

VIEWS = ["project_head", "project_items", "project_path"]


def texts(node: object) -> list[str]:
    """List every run of text below a node, white space collapsed as a browser shows it."""
    found = []
    for child in getattr(node, "children", None) or []:
        if isinstance(child, Text):
            found.append(" ".join(str(child.data).split()))
        found += texts(child)
    return found


def elements(page: JustHTML) -> list[tuple[str, dict[str, str | None]]]:
    return [(each.name, dict(each.attrs)) for each in page.query("*") if isinstance(each, Element)]


@pytest.fixture(scope="module")
def views(answers: Answers) -> Views:
    return Views(PageContext(Portfolio(answers.handbook, DAY), lambda path, anchor: f"/{path}#{anchor}"))


def page(views: Views, view: str, project: str) -> JustHTML:
    html = str(views.show(view, project)).replace(project, "plain")
    return JustHTML(html, fragment=True, sanitize=False, collect_errors=True)


@pytest.mark.parametrize("view", VIEWS)
def test_a_naughty_string_is_shown_letter_by_letter_and_becomes_no_element(
    view: str, views: Views, answers: Answers
) -> None:
    plain = page(views, view, "plain")
    assert any(WORD in words for words in texts(plain.root))
    for number, text in enumerate(STRINGS):
        project = name("quoted", number)
        if project not in answers.refused and not is_placeholder(text):  # which is no evidence
            shown = page(views, view, project)
            assert elements(shown) == elements(plain), text
            expected = [words.replace(WORD, " ".join(text.split())) for words in texts(plain.root)]
            assert texts(shown.root) == expected, text


def test_naughty_titles_stand_in_the_portfolio_letter_by_letter(views: Views) -> None:
    portfolio = JustHTML(str(views.show("portfolio")), fragment=True, sanitize=False)
    titles = [
        " ".join(each.to_text(separator="", strip=False).split())
        for each in portfolio.query("tbody th a")
        if isinstance(each, Element)
    ]
    expected = [" ".join(project.title.split()) for project in views.portfolio.shown]
    assert sorted(titles) == sorted(expected)
    assert len(titles) > 1200
