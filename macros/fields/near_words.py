"""Words that are nearly right: when only case and spaces differ, and when a likeness is not even worth proposing."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

MARKS = " \t\u00a0\\*_`\"'.!"
NEGATIONS = frozenset(
    [
        *("no", "not", "non", "none", "never", "without", "lacks", "missing", "isn't", "hasn't", "hardly", "barely"),
        *("nej", "ej", "icke", "inte", "ingen", "inga", "aldrig", "saknas", "utan", "ikke", "mangler", "uden"),
        *("nei", "ikkje", "aldri", "uten", "nein", "nicht", "kein", "keine", "nie", "ohne", "fehlt"),
        *("nunca", "sin", "falta", "ni", "ne", "pas", "sans", "jamais", "manque"),
    ]
)
ALIKE = 0.8


def folded(text: str) -> str:
    """Leave out case, marks of emphasis, and how words are joined: `In Progress` is `in-progress`."""
    return re.sub(r"[\s_\u00a0-]+", "-", text.strip(MARKS).casefold()).strip("-")


def same_word(text: str, words: Iterable[str]) -> str:
    """Find the word from which a text differs only in case and in spaces; empty where there is none."""
    word = folded(text)
    found = [known for known in words if word in (known.casefold(), known.casefold().replace("-", ""))]
    return found[0] if len(found) == 1 else ""


def is_negated(text: str) -> bool:
    """Say whether a text may deny something."""
    return not NEGATIONS.isdisjoint(re.findall(r"[^\W\d_]+(?:'t)?", folded(text)))


def proposed(text: str, words: Iterable[str]) -> str:
    """Find a word that a text resembles from its first letter on; empty where one of both denies something."""
    word = folded(text)
    if is_negated(word):
        return ""
    alike = (known for known in words if known[:1] == word[:1] and not is_negated(known))
    near = {known: SequenceMatcher(None, word, known).ratio() for known in alike}
    best = max(near, key=lambda known: near[known], default="")
    return best if best and near[best] >= ALIKE else ""
