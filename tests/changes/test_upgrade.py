"""What an upgrade asks of a region: the report, and `adapt`, which accepts entries and changes nothing else.

`upgrade/` holds a new edition of the miniature handbook, a region written for the old one, and the report on both;
`pytest --bless` writes the report anew.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.changes.accept import accept, due
from macros.changes.altered import Altered
from macros.changes.entries import own_layers, to_review
from macros.changes.git import Pages
from macros.changes.upgrade import Upgrade, upgrade
from macros.changes.upgrade_text import as_json, as_markdown, as_text
from macros.fields.shape import shape
from macros.language.state import MadeOld
from macros.load.handbook import checklists, survey
from macros.load.region import as_far_as_it_fits
from macros.model.handbook import Handbook
from macros.model.items import Layer
from macros.model.lead_time import LeadTime
from macros.model.overlay import Overlay
from macros.model.resolve import OverlayContext, fingerprint, resolve
from macros.text.messages import as_written
from macros.text.problem import Problem
from macros.text.reader import read
from macros.text.source import Source
from tests.changes.test_compare import STRINGS, WORD, collapsed, elements, rendered, reworded, texts
from tests.support.each import each
from tests.support.examples import repeatable
from tests.support.paths import ROOT, TESTS
from tests.support.small import FRAME, TODAY, small_handbook, small_project

OVERLAY = "region/overlay.yml"
OFTEN = repeatable(150)

# --- the report on a whole edition ---


def shared(root: Path) -> Handbook:
    found: list[Problem] = []
    book = checklists(root, None, found)
    assert book, found
    return book


def report(old: Path, new: Path) -> tuple[Upgrade, Handbook]:
    """Report on two folders; the region and its projects are those of the new one."""
    was, now = shared(old), shared(new)
    before, overlay = as_far_as_it_fits(was, old, new)
    after, _ = as_far_as_it_fits(now, new, new)
    read_now, said = survey(new, TODAY)
    assert read_now
    before, after = (replace(book, projects=read_now.projects) for book in (before, after))
    return upgrade(was, now, before, after, overlay, day=TODAY, pages=DIFFERING, said=said), after


DIFFERING = Pages(("reviewing.md", "second.md"), ("review.md", "old.md"), ("about.md",), 3)


@pytest.fixture
def states(handbook: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The miniature handbook with a country, and the same one edition on with a region."""
    old, new = (Path(shutil.copytree(handbook, tmp_path / name)) for name in ("old", "new"))
    shutil.copytree(TESTS / "changes/upgrade-from", old, dirs_exist_ok=True)
    shutil.copytree(TESTS / "changes/upgrade", new, dirs_exist_ok=True)
    return old, new


@pytest.mark.parametrize(("form", "write"), [("md", as_markdown), ("json", lambda upgraded, _: as_json(upgraded))])
def test_the_report_on_an_edition_is_as_expected(
    form: str, write: Callable[[Upgrade, Handbook], str], states: tuple[Path, Path], bless: bool
) -> None:
    written = write(*report(*states))
    file = TESTS / f"changes/upgrade/expected.{form}"
    if bless:
        file.write_text(written, "utf-8")
    assert written == file.read_text("utf-8")


def test_an_upgrade_stops_nothing_though_everything_has_changed(states: tuple[Path, Path]) -> None:
    book, found = survey(states[1], TODAY)
    assert book
    assert {(problem.kind, problem.severity) for problem in found} == {
        ("not-reviewed", "hint"),
        ("retired-item", "slip"),
        ("waived-but-required", "slip"),
    }


def test_the_same_edition_twice_asks_nothing_but_to_review(states: tuple[Path, Path]) -> None:
    upgraded, after = report(states[1], states[1])
    assert not upgraded.mistakes
    assert (upgraded.added, upgraded.reworded, upgraded.meaning, upgraded.retired) == ((), {}, {}, {})
    assert "No item has changed." in as_markdown(upgraded, after)


def test_the_report_shows_every_kind_of_line() -> None:
    """What is not shown there is not tried with hostile text below."""
    template = (ROOT / "macros/changes/templates/upgrade.md.j2").read_text("utf-8")
    sentences = set(re.findall(r'_\("([^"]*)"', template))
    expected = (TESTS / "changes/upgrade/expected.md").read_text("utf-8") + as_markdown(*everything(WORD))
    shown = {s for s in sentences if all(part in expected for part in re.split(r"%\(\w+\)s", s))}
    assert sentences - shown == {
        "No item has changed.",
        "Nothing has changed on your pages but the name of the edition.",
        "Every entry still fits.",
        "The entry is in",
        "You waive it; it is no longer asked. %(moves)s Move the entry or delete it.",
        "No project has anything to answer again.",
    }


# --- small cases ---

A = {"lab/a": {"stage": "1", "gate": "true"}, "lab/b": {"stage": "2"}}
NEW = {"edition": "v2026.2", "editions": ("v2026.1",)}


def revision(kind: str) -> list[dict[str, str]]:
    return [{"edition": "v2026.2", "kind": kind, "note": "Note.", "was": "Before."}]


def between(
    old: dict[str, dict[str, Any]],
    new: dict[str, dict[str, Any]],
    overlay: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
    retired: dict[str, str] | None = None,
    before: dict[str, str] | None = None,
) -> Upgrade:
    """Report on small handbooks; `retired` and `before` are what the new and the old one retire, in the area `lab`."""
    books = []
    for items, gone, edition in ((old, before, {}), (new, retired, NEW)):
        book = small_handbook(items)
        lab = type(book.areas["lab"]).model_validate(
            {"title": "a", "intro": "b", "items": {}, "retired": gone or {}, "name": "lab", "track": "technical"}
        )
        areas = {**book.areas, "lab": book.areas["lab"].model_copy(update={"retired": lab.retired})}
        books.append(replace(book, areas=areas, frame=book.frame.model_copy(update=edition)))
    own = Overlay.model_validate({"prefix": "x", "edition": "v2026.1", **(overlay or {})})
    layers = [Layer("region", "X", OVERLAY, own)]
    project = small_project(answers or {})
    context = [
        replace(b, areas=resolve(b.areas, layers), layers=tuple(layers), projects={"small": project}) for b in books
    ]
    return upgrade(books[0], books[1], context[0], context[1], own, day=TODAY)


def test_entries_of_every_layer_that_a_region_writes_are_looked_at() -> None:
    change = {"lab/a": {"note": "We use another form.", "because": "The country has one."}}
    own = Overlay.model_validate({"prefix": "x", "edition": "v2026.1", "change": change})
    files = ("checklists/countries/testland.yml", "region/layers/norway.yml")
    book = replace(
        small_handbook({"lab/a": {"stage": "1"}}), layers=tuple(Layer(file, "X", file, own) for file in files)
    )
    found = [(entry.file, entry.name, entry.why) for entry in to_review(book, book, own_layers(book, own))]
    assert found == [(file, "lab/a", "unreviewed") for file in ("region/layers/norway.yml", OVERLAY)]


@pytest.mark.parametrize(
    ("new", "kind", "names"),
    [
        ({**A, "lab/c": {"stage": "1"}}, "added", ["lab/c"]),
        ({**A, "lab/b": {"stage": "2", "title": "x", "revised": revision("wording")}}, "reworded", ["lab/b"]),
        ({**A, "lab/b": {"stage": "2", "title": "x", "revised": revision("meaning")}}, "meaning", ["lab/b"]),
        ({**A, "lab/b": {"stage": "2", "title": "x"}}, "silent", ["lab/b"]),
        ({**A, "lab/b": {"stage": "2", "gate": "true"}}, "silent", ["lab/b"]),
        ({**A, "lab/b": {"stage": "2", "owner": "company"}}, "silent", []),
        ({"lab/a": A["lab/a"]}, "lost", ["lab/b"]),
        ({**A, "lab/b": {"stage": "3"}}, "moved", ["lab/b"]),
        (A, "added", []),
    ],
)
def test_what_happened_to_an_item_is_told(new: dict[str, dict[str, Any]], kind: str, names: list[str]) -> None:
    upgraded = between(A, new)
    assert list(getattr(upgraded, kind)) == names
    others = {"added", "reworded", "meaning", "silent", "lost", "moved", "retired", "reused"} - {kind}
    assert not any(getattr(upgraded, other) for other in others)
    assert upgraded.mistakes == (kind in ("silent", "lost", "moved") and bool(names))


def test_a_retired_item_is_told_with_where_its_answer_moves_and_is_not_lost() -> None:
    upgraded = between(A, {"lab/a": A["lab/a"]}, retired={"b": "Answer a."}, answers={"lab/b": "met"})
    assert {name: gone.moves for name, gone in upgraded.retired.items()} == {"lab/b": "Answer a."}
    assert upgraded.lost == ()
    assert {name: gone.moves for name, gone in upgraded.projects[0].kept.items()} == {"lab/b": "Answer a."}


def test_a_name_that_was_retired_once_is_never_used_again() -> None:
    upgraded = between({"lab/a": A["lab/a"]}, A, before={"b": "Answer a."})
    assert upgraded.reused == ("lab/b",)


def mark(name: str, items: dict[str, dict[str, Any]] = A) -> str:
    return fingerprint(small_handbook(items).items[name])


LEAD = {"months": "3", "range": ["2", "4"], "basis": "planning assumption"}


@pytest.mark.parametrize(
    ("entry", "new", "why"),
    [
        ({"change": {"lab/b": {"owner": "company", "against": mark("lab/b")}}}, {}, []),
        ({"change": {"lab/b": {"owner": "company"}}}, {}, ["unreviewed"]),
        ({"waive": {"lab/b": {}}}, {}, ["unreviewed"]),
        ({"waive": {"lab/b": {"against": mark("lab/b")}}}, {}, []),
        ({"change": {"lab/b": {"owner": "company", "against": mark("lab/b")}}}, {"title": "x"}, ["changed"]),
        ({"waive": {"lab/b": {"against": mark("lab/b")}}}, {"why": "x"}, ["changed"]),
        ({"change": {"lab/b": {"owner": "company", "against": mark("lab/b")}}}, {"owner": "company"}, ["superfluous"]),
        ({"change": {"lab/b": {"owner": "company", "note": "x"}}}, {"owner": "company"}, ["unreviewed"]),
        ({"change": {"lab/b": {"owner": "company", "gate": "true"}}}, {"owner": "company"}, ["unreviewed"]),
        ({"change": {"lab/b": {"owner": "university", "overrides": ["owner"]}}}, {}, ["unreviewed"]),
        ({"change": {"lab/b": {"lead-time": LEAD}}}, {"lead-time": LEAD}, ["superfluous"]),
        ({"change": {"lab/b": {"sources": ["s"]}}}, {"sources": ["s"]}, ["superfluous"]),
        ({"change": {"lab/nowhere": {"owner": "company"}}}, {}, []),
    ],
)
def test_why_an_entry_is_to_be_looked_at(entry: dict[str, Any], new: dict[str, Any], why: list[str]) -> None:
    upgraded = between(A, {**A, "lab/b": {**A["lab/b"], **new}}, entry)
    assert [found.why for found in upgraded.entries] == why


def test_entries_of_retired_and_lost_items_are_told() -> None:
    entry = {"change": {"lab/b": {"owner": "company"}}}
    assert [e.why for e in between(A, {"lab/a": A["lab/a"]}, entry, retired={"b": "Answer a."}).entries] == ["retired"]
    assert [e.why for e in between(A, {"lab/a": A["lab/a"]}, entry).entries] == ["lost"]


def test_old_and_new_stand_side_by_side_where_they_differ() -> None:
    entry = {"change": {"lab/b": {"owner": "company", "against": mark("lab/b")}}}
    new = {"stage": "2", "title": "x", "lead-time": LEAD, "applies-to": {"route": "exemption", "modalities": ["cell"]}}
    (found,) = between(A, {**A, "lab/b": new}, entry).entries
    assert {name: tuple(map(as_text, values)) for name, values in found.fields.items()} == {
        "title": ("a", "x"),
        "lead-time": ("nothing", "3 months (2 to 4), planning assumption"),
        "applies-to": ("all", "cell; exemption"),
    }


def test_a_lead_time_that_differs_by_modality_says_so() -> None:
    lead = LeadTime.model_validate({**LEAD, "by-modality": {"cell": {**LEAD, "months": "4", "note": "Twice."}}})
    usual, other = "3 months (2 to 4), planning assumption", "4 months (2 to 4), planning assumption; Twice."
    assert as_text(lead) == f"{usual}; cell: {other}"


def test_values_are_written_in_words() -> None:
    assert [as_text(value) for value in (None, (), ("a", "b"), True, False, 3, "x")] == [
        *("nothing", "nothing", "a, b", "yes", "no", "3", "x")
    ]


@pytest.mark.parametrize(
    ("new", "answers", "levels", "again", "fresh"),
    [
        (
            {**A, "lab/c": {"stage": "1", "gate": "true", "since": "v2026.2"}},
            {"lab/a": "shown"},
            (9, 9, 0),
            "",
            "lab/c",
        ),
        (
            {**A, "lab/a": {**A["lab/a"], "revised": revision("meaning")}},
            {"lab/a": "shown"},
            (9, 9, 0),
            "lab/a",
            "",
        ),
        ({**A, "lab/b": {"stage": "2", "revised": revision("meaning")}}, {"lab/b": "met"}, (0, 0, 0), "lab/b", ""),
    ],
)
def test_a_project_is_told_its_level_before_after_and_once_confirmed(
    new: dict[str, dict[str, Any]], answers: dict[str, Any], levels: tuple[int, int, int], again: str, fresh: str
) -> None:
    (project,) = between(A, new, answers=answers).projects
    assert project.levels["technical"] == levels
    assert (project.again, project.new) == (tuple(again.split()), tuple(fresh.split()))


def test_a_project_without_anything_to_do_is_not_named() -> None:
    assert between(A, {**A, "lab/b": {"stage": "2", "title": "x"}}, answers={"lab/a": "shown"}).projects == ()


# --- hostile text ---


@cache
def plain() -> tuple[Upgrade, Handbook]:
    """A report that has every kind of line, with WORD in the place of every text."""
    words = dict.fromkeys(("title", "why", "done-when", "evidence", "note"), WORD)
    lead = {**LEAD, "basis": WORD, "note": WORD}
    old = {
        f"lab/{word}": {"stage": "1", "gate": "true"} for word in ("silent", "lost", "moved", "again", "gone", "put")
    }
    old |= {f"lab/{word}": {"stage": "2"} for word in ("worded", "same", "seen")}
    told = [{**revision(kind)[0], "note": WORD, "was": WORD} for kind in ("meaning", "wording")]
    new: dict[str, dict[str, Any]] = {
        name: {**item, **words} for name, item in old.items() if name not in ("lab/lost", "lab/gone")
    }
    new["lab/moved"]["stage"] = "3"
    new["lab/again"] |= {"revised": told[:1], "lead-time": lead, "supports": ["company"]}
    new["lab/worded"]["revised"] = told[1:]
    new["lab/same"] = {**old["lab/same"], "owner": "company"}
    new["lab/new"] = {"stage": "1", "gate": "true", "since": "v2026.2", **words}
    new["lab/reused"] = {"stage": "1", **words}
    mine = {"because": WORD, "note": WORD, "done-when-also": WORD, "sources": [WORD], "role": WORD, "lead-time": lead}
    mine["requires-also"] = [WORD]
    entry = {
        "change": {
            "lab/again": {**mine, "against": "1"},
            "lab/gone": mine,
            "lab/lost": mine,
            "lab/worded": mine,
            "lab/same": {"owner": "company", "because": WORD},
        },
        "waive": {"lab/put": {"because": WORD, "against": "1"}},
    }
    answers = dict.fromkeys(old, "shown")
    upgraded = between(old, new, entry, answers, {"gone": WORD}, {"reused": "x"})
    titled = {name: {"title": WORD, "about": WORD} for name in ("technical", "clinical", "commercial")}
    book = small_handbook(new)
    frame = book.frame.model_copy(
        update={
            "tracks": type(book.frame).model_validate({**FRAME, "tracks": titled}).tracks,
            "routes": type(book.frame)
            .model_validate({**FRAME, "routes": dict.fromkeys(("central", "exemption"), titled["technical"])})
            .routes,
        }
    )
    projects = tuple(
        replace(found, title=WORD, route=route) for found in upgraded.projects for route in ("central", "exemption")
    )
    both = small_project({}, title=WORD, route=["central", "exemption"])
    pair = {"about": (WORD, WORD)}
    upgraded = replace(
        upgraded,
        projects=projects,
        titles={**upgraded.titles, "lab/lost": WORD, "lab/gone": WORD},
        altered=tuple(Altered("partner", what, WORD, WORD, WORD, pair) for what in ("new", "gone", "order", "changed")),
        renamed={"a.md": WORD},
        pages=Pages((), (), (WORD,), 1),
        translations=(MadeOld("sv", (WORD,), 2),),
        left=(Problem(WORD, 3, 1, "no-logo", as_written(WORD), as_written(WORD), (as_written(WORD),)),),
    )
    return upgraded, replace(book, frame=frame, projects={projects[0].id: both})


@cache
def everything(text: str) -> tuple[Upgrade, Handbook]:
    upgraded, book = plain()
    return reworded(upgraded, text), reworded(book, text)


@cache
def said(text: str) -> str:
    return as_markdown(*everything(text))


in_every_string = each("name", STRINGS)


@in_every_string
def test_hostile_text_becomes_no_element_and_loses_no_letter(name: str) -> None:
    one, other = rendered(said(WORD)), rendered(said(STRINGS[name]))
    assert elements(other) == elements(one)
    shown = re.sub("[\u200b\u2060]", "", collapsed("".join(texts(other.root))))
    assert shown == collapsed("".join(texts(one.root)).replace(WORD, collapsed(STRINGS[name])))


@in_every_string
def test_hostile_text_stays_on_its_line(name: str) -> None:
    one, other = said(WORD).split("\n"), said(STRINGS[name]).split("\n")
    assert len(one) == len(other)
    for plain_line, line in zip(one, other, strict=True):
        assert plain_line.count("|") == line.count("|")


@pytest.mark.parametrize("text", ["@anna", "@example/reviewers", "#1", "example/handbook#1", "GH-1"])
def test_nobody_is_called_and_nothing_is_referred_to(text: str) -> None:
    alive = re.compile(r"(?<![\w`])@\w|(?<!\w)(?:[\w-]+/[\w-]+)?#\d|(?<!\w)GH-\d")
    assert [words for words in texts(rendered(said(text)).root) if alive.search(words)] == []


@in_every_string
def test_the_form_for_machines_holds_every_text_as_it_is(name: str) -> None:
    upgraded, _ = everything(STRINGS[name])
    assert STRINGS[name] in json.loads(as_json(upgraded))["retired"]["lab/gone"]


def test_a_name_that_is_none_never_becomes_a_command() -> None:
    upgraded, book = plain()
    (first, *_) = (entry for entry in upgraded.entries if entry.why == "changed")
    odd = replace(upgraded, entries=(replace(first, name="x; rm -rf /`<b>"),))
    assert "adapt x;" not in as_markdown(odd, book)


# --- adapt ---

MARK = "12345678"


def overlay(text: str) -> Source:
    source, problems = read(OVERLAY, text.encode())
    assert not problems, problems
    return source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  lab/a:\n    because: x\n", '  lab/a:\n    against: "12345678"\n    because: x\n'),
        ("  lab/a:\n\n    # why\n    because: x\n", '  lab/a:\n\n    # why\n    against: "12345678"\n    because: x\n'),
        ("  lab/a:  # ours\n    because: x  # y\n", '  lab/a:  # ours\n    against: "12345678"\n    because: x  # y\n'),
        ("  lab/a:\r\n    because: x\r\n", '  lab/a:\r\n    against: "12345678"\r\n    because: x\r\n'),
        ("  lab/a: {because: x}\n", '  lab/a: {against: "12345678", because: x}\n'),
        ("  lab/a: {\n    because: x}\n", '  lab/a: {against: "12345678",\n    because: x}\n'),
        ("  lab/a: {}\n", '  lab/a: {against: "12345678"}\n'),
        ('  "lab/a": {"because": "x"}\n', '  "lab/a": {against: "12345678", "because": "x"}\n'),
        ('  lab/a: {because: x, against: "0"}\n', '  lab/a: {because: x, against: "12345678"}\n'),
        ("  lab/a: {against: '0', because: x}\n", '  lab/a: {against: "12345678", because: x}\n'),
        (
            "  lab/a:\n    against: abc  # old\n    because: x\n",
            '  lab/a:\n    against: "12345678"  # old\n    because: x\n',
        ),
        ("  lab/a:\n    because: x\n    against:\n", '  lab/a:\n    because: x\n    against: "12345678"\n'),
        ("  lab/a: {because: x, against: }\n", '  lab/a: {because: x, against: "12345678" }\n'),
        (
            "  lab/a:\n    because: >\n      one\n      two\n",
            '  lab/a:\n    against: "12345678"\n    because: >\n      one\n      two\n',
        ),
        ("  lab/a:\n    because: x", '  lab/a:\n    against: "12345678"\n    because: x'),
    ],
)
def test_adapt_writes_a_fingerprint_and_nothing_else(before: str, after: str) -> None:
    head = "# Ours.\nprefix: x\nedition: v2026.1\nchange:\n"
    assert accept(overlay(head + before), {("change", "lab/a"): MARK}) == head + after


def test_adapt_accepts_changes_and_waivers_and_renews_the_edition() -> None:
    text = "edition: v2026.1  # then\nchange: {lab/a: {because: x}}\nwaive:\n  lab/a:\n    because: y\n"
    marks = {("change", "lab/a"): "1", ("waive", "lab/a"): "2"}
    assert accept(overlay(text), marks, "v2026.2") == (
        'edition: v2026.2  # then\nchange: {lab/a: {against: "1", because: x}}\nwaive:\n'
        '  lab/a:\n    against: "2"\n    because: y\n'
    )


def test_adapt_says_so_when_it_cannot_mend_an_entry() -> None:
    text = "change:\n  lab/a:\n    against: >\n      abc\n    because: x\n"
    with pytest.raises(ValueError, match=r'Write "against: …" into it yourself: lab/a\.'):
        accept(overlay(text), {("change", "lab/a"): MARK})


LINES = st.sampled_from(["", "\n", "# a comment\n", "\n# two\n\n"])
TEXTS = st.sampled_from(
    ["x", '"a: b # c"', "'it''s'", "Å, ö and 中", "|\n      one\n\n      two", ">-\n      folded\n      text"]
)
FLOW = st.sampled_from(["x", '"a: b # c"', "'it''s'", '"Å, {ö}"'])
STYLES = st.one_of(
    st.tuples(TEXTS, LINES).map(lambda p: f":\n{indented(p[1])}    because: {p[0]}\n    note: y  # z\n"),
    st.tuples(FLOW, st.sampled_from(["", " ", "\n      "])).map(lambda p: f": {{{p[1]}because: {p[0]}, note: y}}\n"),
    st.just(": {}\n"),
)


def indented(lines: str) -> str:
    return re.sub(r"(?m)^(?=#)", "    ", lines)


@OFTEN
@given(st.lists(st.tuples(LINES, STYLES), min_size=1, max_size=5), st.booleans(), st.sets(st.integers(0, 4)))
def test_adapt_changes_nothing_else_in_any_file(
    written: list[tuple[str, str]], windows: bool, chosen: set[int]
) -> None:
    body = "".join(f"{lines}  lab/i{number}{style}" for number, (lines, style) in enumerate(written))
    text = f"# Ours.\nprefix: x\nedition: v2026.1\nchange:\n{body}# end\n"
    text = text.replace("\n", "\r\n") if windows else text
    source = overlay(text)
    marks = {("change", f"lab/i{number}"): f"{number}{MARK}" for number in chosen if number < len(written)}
    made = accept(source, marks)
    # Taken out again, the file is what it was, byte for byte.
    assert re.sub(r'against: "\d12345678"(?:\r?\n    |, (?! *\r?\n)|,|)', "", made) == text
    before, after = (yaml.load(each, Loader=yaml.BaseLoader)["change"] for each in (text, made))
    assert after == {
        name: {**entry, **({"against": marks["change", name]} if ("change", name) in marks else {})}
        for name, entry in before.items()
    }


def context(text: str, items: dict[str, dict[str, Any]] = A) -> OverlayContext:
    source = overlay(f"prefix: x\nedition: v2026.1\n{text}")
    found = shape(Overlay, source)
    assert isinstance(found, Overlay)
    book = small_handbook(items)
    return OverlayContext(Layer("region", "X", OVERLAY, found), source, book, book.areas)


def test_only_entries_with_a_missing_or_an_old_fingerprint_are_due() -> None:
    text = f"""\
change:
  lab/a: {{because: x, against: "{mark("lab/a")}"}}
  lab/b: {{because: x}}
  lab/nowhere: {{because: x}}
waive:
  lab/a: {{because: x, against: "00000000"}}
"""
    assert due(context(text)) == {("change", "lab/b"): mark("lab/b"), ("waive", "lab/a"): mark("lab/a")}
    assert due(context(text), ["lab/b"]) == {("change", "lab/b"): mark("lab/b")}


def test_an_item_without_an_entry_is_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r'^region/overlay.yml neither changes nor waives "lab/z"\.$'):
        due(context("change: {lab/a: {because: x}}"), ["lab/z"])


def test_what_is_accepted_is_due_no_more_and_is_the_fingerprint_of_the_shared_text() -> None:
    before = context("change:\n  lab/a:\n    because: x\n    owner: company\n")
    after = context(accept(before.source, due(before)).partition("v2026.1\n")[2])
    assert due(after) == {}
    assert after.layer.overlay.change["lab/a"].against == mark("lab/a")
