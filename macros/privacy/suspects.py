"""Which lines of a plain text deserve a closer look, and for what: most hold nothing that needs one."""

import re
from bisect import bisect_right
from collections.abc import Set
from itertools import islice

IDENTITY, SECRET, ADDRESS = "identity-number", "secret", "private-address"

# Without one of these a line holds nothing of the kind: most lines need no closer look. They are searched in small
# letters, each for itself over the whole text, which is fastest for those that begin plainly.
CUES: list[tuple[str, re.Pattern[str]]] = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (IDENTITY, r"[0-9](?:[ ._/:,+-]{0,4}[0-9]){8}"),
        (IDENTITY, r"[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}[- ]?[a-z]"),
        (IDENTITY, r"[0-9]{6}[ ._/:,+a-y-]{1,4}[0-9a-y][0-9]{2,3}"),
        (IDENTITY, r"[0-9]-[0-9a-y][0-9]{3}"),
        (IDENTITY, r"[xyz]-?[0-9]{7}"),
        (ADDRESS, r"[+0](?<![\w./-].)[(0-9]"),
        (ADDRESS, r"[+0_](?<!\w.)[ _][0-9]"),
        (ADDRESS, r"(?:tel|tlf|tfn|fon|nr|phone|mob|mobile?|fax|call|ring|puh|s\u00edmi)[.:]? {0,2}\(?[0-9]"),
        (ADDRESS, r"[(\[{<](?:at?|snabel-?a|arroba)[)\]}>]"),
        (ADDRESS, r"at [\w-]+(?:\.\w| dot | punkt )"),
        (SECRET, r"[a-z0-9](?<![a-z0-9].)[\w-]{23,27}\.[\w-]{6}\."),
        (SECRET, r"[0-9]{8}:aa"),
        (SECRET, r"[sa][kc][0-9a-f]{32}"),
    )
]
WORDS: dict[str, list[str]] = {
    ADDRESS: ["@", "%40", "_at_", "snabel"],
    SECRET: [
        "key",
        "token",
        "secret",
        "pass",
        "pwd",
        "kennwort",
        "lösenord",
        "kodeord",
        "adgangs",
        "contrase",
        "wachtwoord",
        "salasana",
        "lykilor",
        "slack",
        "akia",
        "asia",
        "abia",
        "acca",
        "glpat",
        "gldt",
        "glrt",
        "gloas",
        "glptt",
        "glft",
        "glsoat",
        "glimt",
        "glagent",
        "glcbt",
        "glffct",
        "xox",
        "xapp",
        "eyj",
        "pypi",
        "npm_",
        "hf_",
        "gho_",
        "ghp_",
        "ghr_",
        "ghs_",
        "ghu_",
        "github_pat",
        "lin_api",
        "sk-",
        "k_live",
        "k_test",
        "aiza",
        "ya29",
        "_v1_",
        "atatt",
        "shpat",
        "shpca",
        "shppa",
        "shpss",
        "dckr",
        "sg.",
        "bearer",
        "authoriz",
        "sig=",
        "signature=",
        "auth=",
        "code=",
        "wifi",
        "wi-fi",
        "pin-kod",
        "pinkod",
        "://",
        "accountk",
    ],
}


_harmless: dict[Set[str], set[str]] = {}
MOST_KEPT, SHORT = 20_000, 60
"""Lines without suspicion that are kept, and their longest, so that what most status files say, such as a status, is
looked at once: of 1,000 invented projects, looking for suspects took a third of the time of reading them."""


def suspects(text: str, kinds: Set[str]) -> dict[int, set[str]]:
    """Number the lines, from 0, that deserve a closer look, each with those of the kinds that it may hold."""
    harmless = _harmless.setdefault(kinds, set())
    fresh = {number: line for number, line in enumerate(text.split("\n")) if line not in harmless}
    found = _suspects("\n".join(fresh.values()), kinds)
    more = (line for place, line in enumerate(fresh.values()) if place not in found and len(line) <= SHORT)
    harmless.update(islice(more, MOST_KEPT - len(harmless)))
    numbers = [*fresh]
    return {numbers[place]: suspected for place, suspected in found.items()}


def _suspects(text: str, kinds: Set[str]) -> dict[int, set[str]]:
    folded = text.casefold()  # may have other places, but the same lines
    ends = [match.start() for match in re.finditer("\n", folded)]
    found: dict[int, set[str]] = {}

    def note(kind: str, at: int) -> int:
        """Note the line of a place; returns where the next line begins."""
        line = bisect_right(ends, at)
        found.setdefault(line, set()).add(kind)
        return ends[line] if line < len(ends) else len(folded)

    for kind, cue in CUES:
        at = 0
        while kind in kinds and (match := cue.search(folded, at)):
            at = note(kind, match.start())
    for kind, words in WORDS.items():
        for word in words if kind in kinds else ():
            at = folded.find(word)
            while at >= 0:
                at = folded.find(word, note(kind, at))
    return found
