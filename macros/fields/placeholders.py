"""Words that answer nothing: those that the handbook hands out to be replaced, and those that people write for now."""

from __future__ import annotations

import re
from typing import NamedTuple


class HandedOut(NamedTuple):
    """The texts of a first file that a team replaces, in one language."""

    title: str
    summary: str
    evidence: str
    reason: str
    short: str


TEXTS = {
    "en": HandedOut(
        "Name of the project",
        "One sentence that says what it is and for whom.",
        "Number or link",
        "One sentence that says why",
        "one sentence",
    ),
    "sv": HandedOut(
        "Projektets namn",
        "En mening som säger vad det är och för vem.",
        "Nummer eller länk",
        "En mening som säger varför",
        "en mening",
    ),
}
"""Language → its texts. They are here and not in catalogues, because `check` knows them in every language."""

HANDED_OUT = {text.casefold().rstrip(".") for texts in TEXTS.values() for text in (*texts[:2], *texts[3:])}
EVIDENCE = tuple(texts.evidence.casefold() for texts in TEXTS.values())


def handed_out(code: str) -> HandedOut:
    """Give the texts in a language; the English ones where there are none."""
    return TEXTS.get(code, TEXTS["en"])


PLACEHOLDER = re.compile(
    "[?.\u2026]+|[-_\u2013\u2014]{1,2}|na|n-a|none|nil|null|nothing|unknown|pending|missing|later|dummy|placeholder"
    "|to-?do|tb[acds]|to-be-[a-z]+|to-come|to-follow|fixme|wip|in-preparation|not-(available|known|yet)|lorem-ipsum"
    "|x{2,}|[yz]{3,}"
)
LONGEST = 24  # characters; no placeholder is longer


def is_handed_out(text: str) -> bool:
    """Say whether a text is one of the product's own, which a team replaces; also `Number or link: …`."""
    words = text.strip().casefold()
    return words.rstrip(".") in HANDED_OUT or words.startswith(EVIDENCE)


def is_placeholder(text: str) -> bool:
    """Say whether a text is put in place of one that is still to be written: `TBD`, `?`, `-`, `n/a`, `xxx`."""
    if len(text) > LONGEST:
        return False
    words = re.sub(r"[\W_]+", "-", text.casefold()).strip("-")
    return PLACEHOLDER.fullmatch(words or text.strip()) is not None
