"""What the words of the handbook are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from macros.model.handbook import Handbook
from macros.text.messages import Kind, Name

TITLES: dict[Kind, Callable[[Handbook, str], str]] = {
    "track": lambda book, word: book.frame.tracks[word].title.lower(),
    "holder": lambda book, word: (book.frame.roles if word in book.frame.roles else book.frame.partners)[word].title,
    "motion": lambda book, word: book.motions[word].title,
    "route": lambda book, word: book.frame.routes[word].title,
    "metric": lambda book, word: book.frame.metrics[word].title,
    "item": lambda book, word: book.every_item[word].title,
    "modality": lambda book, word: book.frame.modalities[word].title,
}

if differ := TITLES.keys() ^ set(get_args(Kind)):
    raise TypeError(f"a kind of name without a title in {__name__}: {differ}")


def titles(handbook: Handbook, name: Name) -> list[str]:
    """Give the titles of those words of a name that are shown."""
    return [TITLES[name.kind](handbook, word) for word in name.words[: name.most]]
