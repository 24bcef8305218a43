"""The script that changes status files in the browser: the same texts as the command, or a refusal."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.edit.splice import SpliceError, apply
from macros.edit.values import plain
from tests.edit.test_splice import BLANK, CASES, PROJECTS
from tests.support.browser import opened
from tests.support.each import each
from tests.support.examples import some
from tests.support.paths import ROOT
from tests.support.status_texts import STYLES, changes, invented

SCRIPT = ROOT / "docs/assets/form/splice.js"
READ = "(texts) => texts.map((text) => NavigatorFile.read(text))"
APPLY = "(cases) => cases.map(([text, changes]) => NavigatorFile.apply(text, changes))"
EDITS = some(6)
"""Changes that are made up for each file."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    with opened(browser) as (page, said):
        page.add_script_tag(content=SCRIPT.read_text("utf-8"))
        yield page
        assert said == []


def python(text: str, change: list[dict[str, Any]]) -> str | None:
    try:
        return apply(text, change)
    except SpliceError:
        return None


def test_every_case_gives_the_same_text_or_is_refused(page: Page) -> None:
    found = page.evaluate(APPLY, [[case["before"], case["changes"]] for case in CASES])
    assert [one.get("text") for one in found] == [case.get("after") for case in CASES]
    assert [bool(one.get("refused")) for one in found] == ["refused" in case for case in CASES]


def test_made_up_changes_of_every_file_give_the_same_bytes_or_are_refused(page: Page) -> None:
    """What the browser refuses, the command may still be able to do; never the other way round."""
    chance = random.Random(15)
    files = {**PROJECTS, **BLANK, **invented()}
    cases = [(name, text, changes(text, chance)) for name, text in files.items() for _ in range(EDITS)]
    found = page.evaluate(APPLY, [[text, change] for _, text, change in cases])
    done = 0
    for (name, text, change), one in zip(cases, found, strict=True):
        after = python(text, change)
        if "refused" in one:
            assert after is None or name.startswith("hostile"), (name, change, one)
        else:
            assert one["text"] == after, (name, change)
            done += 1
            new, old = one["text"].split("\n"), text.split("\n")
            rest = iter(old)
            assert all(line in rest for number, line in enumerate(new, 1) if number not in one["lines"]), (name, change)
    assert done > len(cases) / 3


def long(data: Any) -> Any:
    status = data.get("status") or {}
    for items in status.values():
        for item, answer in (items or {}).items() if isinstance(items, dict) else ():
            if isinstance(answer, str):
                items[item] = {"status": answer}
    return plain(data)


def test_every_sound_file_is_read_as_python_reads_it(page: Page) -> None:
    from macros.edit.splice import _data

    files = {**PROJECTS, **BLANK, **invented()}
    for (name, text), one in zip(files.items(), page.evaluate(READ, [*files.values()]), strict=True):
        if "refused" in one:
            assert name.startswith("hostile"), (name, one)
            assert one["refused"].endswith("."), one
        else:
            assert long(one["data"]) == plain(_data(text.removeprefix("\ufeff"))), name


BITS = [*" \n#:,{}[]?|&*!%@\\\ta~\"'", "  ", "\n  ", " #", "  # ", ": ", "- ", ">-\n", "\r\n", "🧬", "\u00a0", "---"]
BITS += ["x: y", "\n\n", "\n#c\n", ",\n", '""']


def spoilt(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + (chance.choice(BITS) + text[at:] if chance.random() < 0.7 else text[at + 2 :])
    return text


def test_a_spoilt_file_is_read_as_python_reads_it_or_refused(page: Page) -> None:
    from macros.edit.nodes import tree
    from macros.edit.splice import _data

    chance = random.Random(26)
    texts = [spoilt(chance.choice([*STYLES.values()]), chance) for _ in range(some(2500))]
    read = 0
    for text, one in zip(texts, page.evaluate(READ, texts), strict=True):
        if "refused" not in one:
            tree(text)
            assert long(one["data"]) == plain(_data(text)), text
            read += 1
    assert read > len(texts) / 10


@each("texts, meant", [(["a\ud83d"], True), (["title: " + "a" * 140_000], True), (["title: å\n"], False)])
def test_what_is_no_text_or_too_large_is_refused(texts: list[str], meant: bool, page: Page) -> None:
    assert ["refused" in one for one in page.evaluate(READ, texts)] == [meant]
