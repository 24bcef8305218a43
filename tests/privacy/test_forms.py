"""How well each form of what must not be published is recognised: a table, printed and bounded."""

from __future__ import annotations

import random
import re
import string
import sys
from typing import Any

import pytest
import yaml

from macros.privacy.scan import private_data
from macros.text.source import Source
from tests.support.paths import TESTS

FORMS: dict[str, Any] = yaml.safe_load((TESTS / "privacy/forms.yml").read_text("utf-8"))
HARMLESS: list[str] = [code for row in FORMS.pop("harmless") for code in row]
LETTERS = {
    "a": string.ascii_letters + string.digits,
    "x": "0123456789abcdef",
    "n": string.digits,
    "u": string.ascii_uppercase + "234567",
}


def filled(form: str) -> str:
    """Put letters and digits into the gaps of a form; the same ones in every run."""
    chance = random.Random(form)

    def some(gap: re.Match[str]) -> str:
        return "".join(chance.choice(LETTERS[gap[1]]) for _ in range(int(gap[2])))

    return re.sub(r"<([axnu])([0-9]+)>", some, form)


def refused(text: str) -> bool:
    return any(private_data(Source("projects/x.yml", f"note: {text}\n")))


def test_at_least_95_percent_of_the_promised_forms_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    missed = {
        (kind, form) for kind, groups in FORMS.items() for form in groups["promised"] if not refused(filled(form))
    }
    with capsys.disabled():
        print("\nkind       promised  found  not promised")
        for kind, groups in FORMS.items():
            promised, other = len(groups["promised"]), len(groups["not-promised"])
            found = promised - sum(each == kind for each, _ in missed)
            print(f"{kind:9}  {promised:8}  {found:5}  {other:12}")
    total = sum(len(groups["promised"]) for groups in FORMS.values())
    assert len(missed) <= 0.05 * total, missed
    for kind, groups in FORMS.items():
        assert sum(each == kind for each, _ in missed) <= 0.05 * len(groups["promised"]), missed


def test_at_most_2_percent_of_harmless_codes_are_refused() -> None:
    assert len(HARMLESS) >= 120
    alarms = [code for code in HARMLESS if refused(code)]
    assert len(alarms) <= 0.02 * len(HARMLESS), alarms


PIECES = ["@", "a@", "a@b.", "key", "key=", "token=a1,", "+46 70 123 ", "0701234567 ", "(0", "0 ", "1 2 3 ", "811228-"]
PIECES += ["1234567890", "http://a:b", "https://a/", "10.1234/", "cpr ", "eyJaaaaaaaa.", "-----BEGIN ", "a[at]", "a_b"]
PIECES += ["a at b dot ", "a.b at c.", "\u0661", "\\x2d", "%2D", "&#45;", "811228\n", "1\n", "bearer a1", "\u200b", '"']


def steps(text: str) -> int:
    """Count the calls of functions while a text is looked through."""
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1

    sys.setprofile(count)
    try:
        list(private_data(Source("region/pages/x.md", text)))
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_at_most_twice_the_steps(piece: str) -> None:
    once, twice = (steps((piece * length)[:length]) for length in (4_000, 8_000))
    assert twice <= 2.1 * once + 200, (once, twice)
