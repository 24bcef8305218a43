"""Mending does what is safe and told, and nothing else: what an author wrote is never changed on the way."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from macros.cli.check import run_check
from macros.fields.shape import shape
from macros.load.autofix import mend
from macros.model.status_file import StatusFile
from macros.text.reader import read
from macros.text.source import Value
from tests.support import examples, mutations
from tests.support.cases import CASES
from tests.support.paths import ROOT

FILE = "projects/x.yml"
FRAME = """\
checklist: v2026.1
title: Retinal cells
summary: Cells under the retina.
modality: allogeneic-cell
route: central-authorisation
lead: university
assessed: 2026-11-02
status:
  analytics:
"""
FIRST = FRAME.count("\n") + 1  # the line of the first answer


def read_as(text: str) -> Value:
    """The values of a text, None where the reader refuses it."""
    source, problems = read(FILE, text.encode())
    return None if problems else source.data


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ("a: b\tc\n", "a: b c\n", ["line 1: spaces for a tab"]),
        ("a:\tb\n", "a: b\n", ["line 1: spaces for a tab"]),
        ("a:\t\tb\n", "a:  b\n", ["line 1: spaces for a tab"]),
        ("a:\n\tb: c\n", "a:\n  b: c\n", ["line 2: spaces for a tab"]),
        ("a:\n\tb:\n\t\tc: d\n", "a:\n  b:\n    c: d\n", ["line 2: spaces for a tab", "line 3: spaces for a tab"]),
        ("a:\n  b:\n  \tc: d\n", "a:\n  b:\n    c: d\n", ["line 3: spaces for a tab"]),
        ("a: b  \n", "a: b\n", ["line 1: no spaces at the end"]),
        ("a: b\n   \nc: d\n", "a: b\n\nc: d\n", ["line 2: no spaces at the end"]),
        ("a: b\t\n", "a: b\n", ["line 1: spaces for a tab", "line 1: no spaces at the end"]),
        ("# a \nb: c\n", "# a\nb: c\n", ["line 1: no spaces at the end"]),
        ("a:b\n", "a: b\n", ["line 1: a space after the colon"]),
        ("a: b\nc:d\n", "a: b\nc: d\n", ["line 2: a space after the colon"]),
        ("a:\n  b: c\n  d:e\n", "a:\n  b: c\n  d: e\n", ["line 3: a space after the colon"]),
        ("a:b\nc:d\n", "a: b\nc: d\n", ["line 1: a space after the colon", "line 2: a space after the colon"]),
        ("a: b\nc:d:e\n", "a: b\nc: d:e\n", ["line 2: a space after the colon"]),
        ("a: b\nc:[d, e]\n", "a: b\nc: [d, e]\n", ["line 2: a space after the colon"]),
        ("a: b\nc:'d'\n", "a: b\nc: 'd'\n", ["line 2: a space after the colon"]),
        ("a: b\nc:d", "a: b\nc: d", ["line 2: a space after the colon"]),
        ("a:b  \n", "a: b\n", ["line 1: no spaces at the end", "line 1: a space after the colon"]),
    ],
)  # fmt: skip
def test_a_slip_of_the_keyboard_is_mended_and_told(before: str, after: str, sentences: list[str]) -> None:
    mended = mend(FILE, before)
    assert (mended.text, sorted(mended.done)) == (after, sorted(sentences))
    assert read_as(after) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("partial", "in-progress"),
        ("in progress", "in-progress"),
        ("In-Progress", "in-progress"),
        ("in_progress", "in-progress"),
        ("inprogress", "in-progress"),
        ("ongoing", "in-progress"),
        ("MET", "met"),
        ("done", "met"),
        ("yes", "met"),
        ("no", "not-met"),
        ("not met", "not-met"),
        ("unmet", "not-met"),
        ("notmet", "not-met"),
        ("Not Met", "not-met"),
        ("nicht erfüllt", "not-met"),
        ("ej påbörjad", "not-met"),
        ("non rempli", "not-met"),
        ("uppfyllt", "met"),
        ("Erfüllt", "met"),
        ("oui", "met"),
        ("pågår", "in-progress"),
        ("i gang", "in-progress"),
        ("en curso", "in-progress"),
        ("In Arbeit", "in-progress"),
        ("{status: partial, planned: 2027-02}", "{status: in-progress, planned: 2027-02}"),
        ("{planned: 2027-02, status: partial}", "{planned: 2027-02, status: in-progress}"),
        ('{status: "yes", evidence: SOP 1}', "{status: met, evidence: SOP 1}"),
        ("partial  # since May", "in-progress  # since May"),
        (
            "{status: no, since: 2026, earlier: [{status: yes, since: 2025}]}",
            "{status: not-met, since: 2026, earlier: [{status: met, since: 2025}]}",
        ),
        ("{status: partial,\n      planned: 2027-02}", "{status: in-progress,\n      planned: 2027-02}"),
    ],
)
def test_a_status_that_is_nearly_right_is_mended_and_told(before: str, after: str) -> None:
    mended = mend(FILE, f"{FRAME}    a: {before}\n    b: met\n")
    assert mended.text == f"{FRAME}    a: {after}\n    b: met\n"
    assert all(re.fullmatch(rf'line {FIRST}: "[a-z-]+" for ".+"', sentence) for sentence in mended.done)
    source, _ = read(FILE, mended.text.encode())
    assert not isinstance(shape(StatusFile, source), list)


def test_each_mended_status_is_told_with_what_stood_there() -> None:
    mended = mend(FILE, f"{FRAME}    a: partial\n    b: met\n    c: 'no'\n")
    assert set(mended.done) == {
        f'line {FIRST}: "in-progress" for "partial"',
        f'line {FIRST + 2}: "not-met" for "\'no\'"',
    }


def test_what_was_mended_is_told_in_the_order_of_the_lines() -> None:
    mended = mend(FILE, f"{FRAME}    a: partial\n    b: no\n\n")
    numbers = [int(re.findall(r"line (\d+)", sentence)[0]) for sentence in mended.done]
    assert numbers == sorted(numbers)


DENIED = [
    "umet",
    "no-progress",
    "ej-met",
    "no-met",
    "never met",
    "un-met",
    "not mett",
    "inte klar",
    "nicht fertig",
    "nomet",
]


@pytest.mark.parametrize(
    "word",
    ["half", "perhaps", "n/a", "unknown", "?", "~", "null", "2026-11", "{status: }", *DENIED, "mett", "inprogres"],
)
def test_a_status_of_which_nobody_knows_what_was_meant_is_left_alone(word: str) -> None:
    text = f"{FRAME}    a: {word}\n"
    assert mend(FILE, text).text == text


@pytest.mark.parametrize("word", DENIED)
def test_for_a_word_that_denies_something_no_likeness_is_even_proposed(word: str) -> None:
    source, _ = read(FILE, f"{FRAME}    a: {word}\n".encode())
    found = shape(StatusFile, source)
    assert isinstance(found, list)
    assert [problem.fix in ("write one of them", UNCLEAR_FIX) for problem in found] == [True]


UNCLEAR_FIX = 'write "in-progress" if work has begun, otherwise "not-met"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("since: 14/3/2026", "since: 2026-03-14"),
        ("since: 2026-3-14", "since: 2026-03-14"),
        ("since: 2026\u201303\u201314", "since: 2026-03-14"),
        ("since: 14 mars 2026", "since: 2026-03-14"),
        ("since: 14. März 2026", "since: 2026-03-14"),
        ("since: March 2026", "since: 2026-03"),
        ("since: 3.3.2026", "since: 2026-03-03"),
        ("since: 03/2026", "since: 2026-03"),
        ("planned: 2027-02-15", "planned: 2027-02"),
        ("planned: Feb 2027", "planned: 2027-02"),
        ("planned: 2027/2", "planned: 2027-02"),
        ("Since: 2026-03", "since: 2026-03"),
        ("since:2026-03", "since: 2026-03"),
        ("since:\u00a02026-03", "since: 2026-03"),
        ("since: 01-03-2026", None),
        ("since: 4/5/2026", None),
        ("since: ca. March 2026", None),
        ("since: 31.2.2026", None),
        ("since: mars-april 2026", None),
        ("since: 2026-2027", None),
        ("planned: 01-03-2027", None),
        ("planned: 2027", None),
        ("planned: Q2 2027", None),
        ("planed: 2027-02", None),
        ("evidence:#12", None),
        ("evidence:@quality", None),
    ],
)
def test_a_date_with_one_reading_a_case_and_a_space_are_mended(before: str, after: str | None) -> None:
    text = f"{FRAME}    a: {{status: in-progress, {before}}}\n    b: met\n"
    expected = text.replace(before, after) if after else text
    assert mend(FILE, text).text == expected


@pytest.mark.parametrize("day", ["27/11/2026", "27 November 2026"])
def test_the_day_of_an_assessment_is_mended_where_it_is_a_day(day: str) -> None:
    assert "assessed: 2026-11-27\n" in mend(FILE, FRAME.replace("2026-11-02", day)).text
    month = FRAME.replace("2026-11-02", "November 2026")
    assert mend(FILE, month).text == month


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    a: met\n\tb: met\n    c: met\n", "    a: met\n    b: met\n    c: met\n"),
        ("    a: met\n\tb: met\n", "    a: met\n    b: met\n"),
        ("\ta: met\n    b: met\n", "    a: met\n    b: met\n"),
        ("    a: met\n\tprocess:\n    b: met\n", None),  # an area, or an item without an answer
        ("\t\ta: met\n\t\tb: met\n", "    a: met\n    b: met\n"),
        ("    a: met\n\t\t# b\n    c: met\n", "    a: met\n    # b\n    c: met\n"),
        ("    a: met\t2026-03-01\tSOP 1\n", None),
        ("    a: met\t2026-03-01\n", None),
    ],
)
def test_a_tab_is_worth_what_makes_its_line_fit(before: str, after: str | None) -> None:
    assert mend(FILE, FRAME + before).text == FRAME + (after or before)


@pytest.mark.parametrize(
    "text",
    [
        "a: https://example.org\n",
        "a: 'b:c'\n",
        "a: b:c\n",
        "a:\n  - b:c\n",
        "# a:b\nc: d\n",
        "a: |\n  b:c\n",
        "a: {b: c:d}\n",
        "a: 12:30\n",
        "a: ''\n\n\nb: c\n",
        "a: b",
        "a: >-\n  b\n\n  c\n",
        "a: ä, 中文, 🧬\n",
        "a: b\n...\n",
        "a: b\u2028c\nd: e\x0bf\n",
        "a: b\x85c\n",
        "a: b\rc\n",
        "",
        "\n",
    ],
)
def test_what_is_right_or_cannot_be_known_is_left_alone(text: str) -> None:
    mended = mend(FILE, text)
    assert (mended.text, mended.done) == (text, ())


# --- line ends and places ---


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    before = f"{FRAME}\t\ta:\tpartial  \n    b:met\n".replace("\n", end)
    mended = mend(FILE, before)
    assert mended.text == f"{FRAME}    a: in-progress\n    b: met\n".replace("\n", end)
    assert mended.text.count("\r") == before.count("\r")


def test_mixed_line_ends_stay_as_they_are() -> None:
    assert mend(FILE, "a:b\r\nc:d\ne:\tf\r\n").text == "a: b\r\nc: d\ne: f\r\n"


def test_the_mark_at_the_start_of_a_file_does_not_keep_its_first_line_from_being_mended() -> None:
    assert mend(FILE, "\ufeffa:b\nc: d\n").text == "\ufeffa: b\nc: d\n"


@pytest.mark.parametrize("start", ["a: |", "a: >-", "a: first"], ids=["a block", "a folded block", "a second line"])
def test_a_mistake_in_the_next_line_does_not_put_a_space_into_text(start: str) -> None:
    """Only the last line is wrong; the one above it is text."""
    text = f"{start}\n  ANA:014 is the document\nb: @c\n"
    mended = mend(FILE, text)
    assert (mended.text, mended.done) == (text, ())


@pytest.mark.parametrize(
    "before", ["not met\n      yet", "in progress\n      now", "|\n      in-progres", "'no-\n      met'"]
)
def test_a_status_on_several_lines_is_mended_as_a_whole_or_left_alone(before: str) -> None:
    text = f"{FRAME}    a: {before}\n    b: met\n"
    mended = mend(FILE, text).text
    answers = read_as(mended)["status"]["analytics"]
    assert mended == text or answers["a"] in ("met", "in-progress", "not-met")
    assert answers["b"] == "met"


def test_a_comment_behind_a_tab_is_a_comment_afterwards() -> None:
    mended = mend(FILE, "a: b\t# c\n")
    assert read_as(mended.text) == {"a": "b"}


def test_a_comment_without_words_is_one_afterwards() -> None:
    before = "a: b # \n"
    assert read_as(before) == {"a": "b"}
    assert read_as(mend(FILE, before).text) == {"a": "b"}


@pytest.mark.parametrize(
    "before",
    [
        "a: |\n  one  \n  two\n",
        "a: |\n  one\n     \n  two\n",
        "a: >-\n  one  \n  two\n",
        "a: |+\n  one\n   \nb: c\n",
        'a: "one\\ \n  two"\n',
        "a: 'one  \n  two'\n",
        'a: "one  \n  two"\n',
        "a: one  \n  two\n",
        "a: [one,  \n  two]\n",
        "a: one  # two  \n",
    ],
    ids=[
        *("a block", "an empty line of a block", "a folded block", "an end of a block", "an escaped space"),
        *("single quotes", "double quotes", "no quotes", "a list", "a comment"),
    ],
)
def test_spaces_at_the_end_of_a_line_stay_where_they_belong_to_a_text(before: str) -> None:
    value = read_as(before)
    assert value is not None, "the reader takes this text as it is"
    assert read_as(mend(FILE, before).text) == value


@pytest.mark.parametrize("before", ["a: 'b\tc'\n", 'a: "b\tc"\n', "a: |\n  b\tc\n", "a: b\tc\n"])
def test_a_tab_within_a_text_becomes_one_space_and_is_told(before: str) -> None:
    """The reader refuses a tab anywhere, so nothing that it would have taken changes."""
    assert read_as(before) is None
    mended = mend(FILE, before)
    assert read_as(mended.text)["a"].strip() == "b c"
    assert len(mended.done) == 1


# --- what always holds ---

REAL = [path.read_text("utf-8") for path in sorted((ROOT / "projects").glob("*.yml"))]
WRONG = [
    content.decode("utf-8", "ignore")
    for case in CASES.values()
    if 0 < len(content := case.files.get("projects/retina.yml", b"")) < 10_000
]
often = examples.often(100)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1, max_size=30
)
WORDS = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"']),
        "default_flow_style": st.sampled_from([None, True, False]),
        "allow_unicode": st.just(True),
        "width": st.sampled_from([20, 80, 10_000]),
    }
)


@pytest.mark.parametrize("text", REAL)
def test_the_files_of_this_repository_need_no_mending(text: str) -> None:
    mended = mend(FILE, text)
    assert (mended.text, mended.done) == (text, ())


@often
@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), STYLES)
def test_a_correct_file_is_not_changed(data: dict[str, object], style: dict[str, object]) -> None:
    text = str(yaml.safe_dump(data, **style))  # type: ignore[call-overload]
    assume(read_as(text) is not None and not re.search(r" $", text, re.MULTILINE))
    mended = mend(FILE, text)
    assert (mended.text, mended.done) == (text, ())


def spaced(text: str, places: list[int], added: list[str]) -> str:
    """Add something at the ends of some lines; a space after a backslash would be part of the text."""
    lines = text.split("\n")
    for place, mark in zip(places, added, strict=False):
        if not lines[place % len(lines)].endswith("\\"):
            lines[place % len(lines)] += mark
    return "\n".join(lines)


SLIPS = st.tuples(st.lists(st.integers(0, 200), max_size=5), st.lists(st.text(" \t", max_size=3), max_size=5))


@often
@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), STYLES, SLIPS)
def test_spaces_and_tabs_added_at_line_ends_are_gone_again(
    data: dict[str, object], style: dict[str, object], slips: tuple[list[int], list[str]]
) -> None:
    text = str(yaml.safe_dump(data, **style))  # type: ignore[call-overload]
    assume((values := read_as(text)) is not None and not re.search(r" $", text, re.MULTILINE))
    mended = mend(FILE, spaced(text, *slips))
    assert mended.text == text
    assert read_as(mended.text) == values


@often
@given(st.sampled_from(REAL), SLIPS)
def test_spaces_and_tabs_added_to_a_real_file_are_gone_again(text: str, slips: tuple[list[int], list[str]]) -> None:
    assert mend(FILE, spaced(text, *slips)).text == text


MARKS = st.sampled_from(
    ["\t", "  ", ":", " ", "\r\n", "\n", "partial", "no", "#", "'", '"', "|", ">", "{", "}", "a:b", "- "]
)
EDITS = st.lists(st.tuples(st.integers(0), st.integers(0, 6), MARKS), min_size=1, max_size=4)


def spoilt(text: str, edits: list[tuple[int, int, str]]) -> str:
    for place, length, new in edits:
        start = place % (len(text) + 1)
        text = text[:start] + new + text[start + length :]
    return text


SPOILT = st.builds(spoilt, st.sampled_from(WRONG + REAL[:2]), EDITS)


@often
@given(SPOILT)
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend(FILE, text)
    again = mend(FILE, once.text)
    assert (again.text, again.done) == (once.text, ())


@often
@given(SPOILT)
def test_only_lines_that_are_told_are_touched(text: str) -> None:
    mended = mend(FILE, text)
    before, after = text.split("\n"), mended.text.split("\n")
    assert len(before) == len(after)
    told = {int(number) for sentence in mended.done for number in re.findall(r"^line (\d+):", sentence)}
    touched = {number for number, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new}
    assert touched == told


@often
@given(SPOILT)
def test_what_could_be_read_can_be_read_after_mending(text: str) -> None:
    assume(read_as(text) is not None)
    assert read_as(mend(FILE, text).text) is not None


# --- nothing but what is promised: judged by words and rules of its own ---


def test_of_many_spoilt_files_nothing_is_mended_that_is_not_certain() -> None:
    kinds = Counter(kind for number in range(examples.some(400)) for kind in mutations.judged(number))
    assert set(kinds) >= {"spaces", "status", "date", "case"}, kinds


# --- the command ---


@pytest.fixture
def root(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy of the miniature handbook, with the command line in it."""
    monkeypatch.chdir(handbook)
    return handbook


def test_the_command_mends_only_the_named_files_and_tells_what_it_did(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    retina, cornea = root / "projects/retina.yml", root / "projects/cornea.yml"
    cornea.write_bytes(retina.read_bytes().replace(b"lead: university", b"lead:university"))
    retina.write_bytes(retina.read_bytes().replace(b"lead: university", b"lead:university"))
    wrong = retina.read_bytes()
    assert run_check(root, ["projects/cornea.yml"], fix=True) == 0
    out, err = capsys.readouterr()
    assert err == "projects/cornea.yml: mended\n  line 6: a space after the colon\n"
    assert out.startswith("No problems.\n")
    assert b"lead: university" in cornea.read_bytes()
    assert retina.read_bytes() == wrong


def test_the_command_mends_every_project_where_none_is_named_and_no_checklist(root: Path) -> None:
    for file in ("projects/retina.yml", "checklists/navigator.yml"):
        (root / file).write_bytes((root / file).read_bytes().replace(b"\n\n", b"  \n\n") + b"# end  \n")
    checklist = (root / "checklists/navigator.yml").read_bytes()
    run_check(root, [], fix=True)
    assert b"  \n" not in (root / "projects/retina.yml").read_bytes()
    assert (root / "checklists/navigator.yml").read_bytes() == checklist
    run_check(root, ["checklists/navigator.yml"], fix=True)
    assert (root / "checklists/navigator.yml").read_bytes() == checklist


@pytest.mark.parametrize(
    "content", [b"title: n\xe4thinna\t\n", b"\xff\xfet\x00", b""], ids=["Latin-1", "UTF-16", "an empty file"]
)
def test_a_file_that_cannot_be_read_stays_byte_for_byte(content: bytes, root: Path) -> None:
    (root / "projects/cornea.yml").write_bytes(content)
    assert run_check(root, ["projects/cornea.yml"], fix=True) == 1
    assert (root / "projects/cornea.yml").read_bytes() == content


def test_a_file_outside_that_a_link_points_to_is_never_written(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_bytes(b"a:\tb\n")
    (root / "projects/cornea.yml").symlink_to(outside)
    (root / "projects/old").symlink_to(tmp_path)
    for files in (["projects/cornea.yml"], ["projects/old/outside.yml"], ["projects"], []):
        run_check(root, files, fix=True)
        assert outside.read_bytes() == b"a:\tb\n", files


def test_what_the_command_mended_cannot_be_taken_for_a_command_of_a_forge(root: Path) -> None:
    """GitHub obeys lines of a log that begin with two colons, spaces before them or not."""
    path = root / "projects/retina.yml"
    path.write_text(
        path.read_text("utf-8").replace("retention-samples: not-met", "retention-samples: '::set::no'"), "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "macros", "check", "--fix"],
        cwd=root,
        env={"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795305600"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert not re.search(r"^\s*::", done.stdout + done.stderr, re.MULTILINE)


def test_the_command_knows_the_words_of_the_handbook(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether a tab begins an area or an item, and in which case a partner is written."""
    path = root / "projects/retina.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("  trial:", "\ttrial:").replace("lead: university", "lead: University"), "utf-8")
    assert run_check(root, ["projects/retina.yml"], fix=True) == 0
    assert path.read_text("utf-8") == text
    told = 'projects/retina.yml: mended\n  line 6: "university" for "University"\n  line 16: spaces for a tab\n'
    assert capsys.readouterr().err == told
