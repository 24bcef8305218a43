"""The words of comments, in the language of the region. Only the standard library is used.

Its catalogue and the region's file are those of the copy of the default branch that runs: nothing of a request is read
here. A text without a translation stays English.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REGION = Path("region/region.yml")
FIRST = re.compile(r"^languages:\s*(?:[\[-]\s*)?[\"']?([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\b", re.MULTILINE)


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for translation, and return it as it is."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a text that has a form for one and a form for many."""
    return one, many


def language() -> str:
    """Name the language of the comment: the one that is asked for, else the first one of the region."""
    found = FIRST.search(REGION.read_text("utf-8")) if REGION.is_file() else None
    return os.environ.get("NAVIGATOR_LANGUAGE", "").strip() or (found[1] if found else "en")


@cache
def catalogue(code: str) -> dict[str, tuple[str, ...]]:
    """Read what the catalogue of reports says, if there is one: English text → its forms."""
    folders = {path.name: path for path in (ROOT / "languages").glob("*") if path.is_dir()}
    if code not in folders or not (folders[code] / "reports.po").is_file():
        return {}
    sys.path.append(str(ROOT))
    from macros.language.catalogue import read

    entries = read((folders[code] / "reports.po").read_text("utf-8")).entries
    return {entry.one: entry.said for entry in entries if entry.current and not entry.context}


def say(text: str, **values: object) -> str:
    """Give a text in the language of the comment, with its values."""
    said = catalogue(language()).get(text, (text,))[0]
    return said % values if values else said


def say_many(texts: tuple[str, str], number: int, **values: object) -> str:
    """Give the form that a number asks for, in a language that has two; another one stays English."""
    said = catalogue(language()).get(texts[0], ())
    return (said if len(said) == 2 else texts)[number != 1] % {"num": number, **values}
