"""Changes put into status files: what is meant changes, and nothing else does."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from macros.edit.splice import SpliceError, apply
from macros.edit.values import FIELDS, FREE, HEAD
from macros.fields.markers import fields_of
from macros.model.events import Acknowledgement, Confirmation, Event, Outcome, Reading
from macros.model.status_file import Answer, Earlier, StatusFile
from macros.outputs.first_file import blank, choices
from macros.text.reader import read
from tests.support.each import each
from tests.support.examples import some
from tests.support.paths import ROOT, TESTS
from tests.support.small import real
from tests.support.status_texts import HOSTILE, STYLES, changes, invented

CASES: list[dict[str, Any]] = json.loads((TESTS / "edit/splice/cases.json").read_text("utf-8"))
PROJECTS = {path.name: path.read_bytes().decode() for path in sorted((ROOT / "projects").glob("*.yml"))}
BLANK = {choice.path: blank(real(), choice, date(2026, 11, 27)) for choice in choices(real())}


@each("case", CASES)
def test_a_change_gives_the_text_or_the_sentence_of_the_case(case: dict[str, Any]) -> None:
    try:
        found = {"after": apply(case["before"], case["changes"])}
    except SpliceError as error:
        found = {"refused": str(error)}
    assert found == {name: case[name] for name in ("after", "refused") if name in case}


def test_there_are_200_invented_files_and_the_sound_ones_can_be_read() -> None:
    assert len(invented()) >= 200
    for text in STYLES.values():
        assert apply(text, []) == text


def comments(text: str) -> Counter[str]:
    """Count the lines that are comments."""
    return Counter(line.strip() for line in text.splitlines() if re.match(r"\s*# ", line))


@each("name, text", [*PROJECTS.items(), *BLANK.items(), *invented().items()])
def test_made_up_changes_are_made_in_their_lines_or_refused(name: str, text: str) -> None:
    chance = random.Random(name)
    for _ in range(some(4)):
        change = changes(text, chance, most=1)
        try:
            after = apply(text, change)
        except SpliceError as error:
            assert str(error).endswith("."), error
            continue
        assert not read("", after.encode())[1]
        path, fields = change[0]["path"], change[0].get("fields", {})
        if None not in (change[0].get("value", ""), *fields.values()):
            assert comments(after) == comments(text)
        old, new = text.split("\n"), after.split("\n")
        added = Counter(new) - Counter(old)
        assert sum(added.values()) <= 1 + len(path) + len(fields), (path, added)
        assert text.count("\r\n") == 0 or after.count("\n") == after.count("\r\n")
        assert after.startswith("\ufeff") == text.startswith("\ufeff")
        assert after.endswith("\n") == text.endswith("\n") or not text.endswith("\n")


@each("name, text", [(name, text) for name, text in {**PROJECTS, **BLANK}.items()])
def test_a_change_that_says_what_is_there_already_changes_nothing(name: str, text: str) -> None:
    data = read(name, text.encode())[0].data
    same = [
        {"path": [area, item], "fields": dict(answer) if isinstance(answer, dict) else {"status": answer}}
        for area, items in (data.get("status") or {}).items()
        for item, answer in (items or {}).items()
        if answer
    ]
    assert apply(text, [*same[:20], {"path": ["assessed"], "value": data["assessed"]}]) == text


@pytest.mark.parametrize("name", ["anchor", "tag", "twice", "tab", "document", "merge", "half a letter"])
def test_what_cannot_be_read_for_certain_is_refused(name: str) -> None:
    with pytest.raises(SpliceError):
        apply(HOSTILE[name], [{"path": ["assessed"], "value": "2026-11-27"}])


def test_half_a_letter_of_a_text_is_refused() -> None:
    with pytest.raises(SpliceError):
        apply("title: a\ud83d\n", [])


def aliases(record: Any) -> list[str]:
    return [name.replace("_", "-") for name in fields_of(record)]


def test_the_order_of_names_is_that_of_the_model() -> None:
    """New fields are put where the model has them; a field that is missing here would come last."""
    head = [name for name in HEAD if name in aliases(StatusFile)]
    assert head == aliases(StatusFile)
    for record in (Answer, Earlier, Acknowledgement, Confirmation, Event, Reading, Outcome):
        assert [name for name in FIELDS if name in aliases(record)] == aliases(record), record
    assert set(FIELDS) | set(HEAD) >= FREE


def test_no_area_has_the_name_of_a_part_of_the_file() -> None:
    """A path of area and item would lead elsewhere."""
    assert real().areas.keys() & set(HEAD) == set()


@pytest.mark.parametrize(("name", "words"), [("HEAD", HEAD), ("FIELDS", FIELDS)])
def test_the_script_of_the_browser_has_the_same_order_of_names(name: str, words: tuple[str, ...]) -> None:
    script = (ROOT / "docs/assets/form/splice.js").read_text("utf-8")
    listed = re.search(rf"const {name} = \((.*?)\)\.split", script, re.DOTALL)
    assert listed
    assert "".join(re.findall(r'"([^"]*)"', listed[1])).split() == [*words]
