"""Words that answer nothing: those that the handbook hands out to be replaced, and those that people write for now."""

from __future__ import annotations

import re

TITLE = "Name of the project"
SUMMARY = "One sentence that says what it is and for whom."
EVIDENCE = "Number or link"
REASON = "One sentence that says why"
HANDED_OUT = {text.casefold().rstrip(".") for text in (TITLE, SUMMARY, REASON, "one sentence")}

PLACEHOLDER = re.compile(
    "[?.\u2026]+|[-_\u2013\u2014]{1,2}|na|n-a|none|nil|null|nothing|unknown|pending|missing|later|dummy|placeholder"
    "|to-?do|tb[acds]|to-be-[a-z]+|to-come|to-follow|fixme|wip|in-preparation|not-(available|known|yet)|lorem-ipsum"
    "|x{2,}|[yz]{3,}"
)
LONGEST = 24  # characters; no placeholder is longer


def is_handed_out(text: str) -> bool:
    """Say whether a text is one of the product's own, which a team replaces; also `Number or link: …`."""
    words = text.strip().casefold()
    return words.rstrip(".") in HANDED_OUT or words.startswith(EVIDENCE.casefold())


def is_placeholder(text: str) -> bool:
    """Say whether a text is put in place of one that is still to be written: `TBD`, `?`, `-`, `n/a`, `xxx`."""
    if len(text) > LONGEST:
        return False
    words = re.sub(r"[\W_]+", "-", text.casefold()).strip("-")
    return PLACEHOLDER.fullmatch(words or text.strip()) is not None
