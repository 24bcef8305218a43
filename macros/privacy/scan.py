"""What must never stand in a public status file: numbers and addresses of people, and secrets.

What is public is copied within minutes and kept for good. So the whole text is looked at, comments
and the file's name included, and a message never repeats what was found.
"""

import re
from collections.abc import Callable, Iterator, Set
from itertools import islice
from pathlib import PurePosixPath

from macros.privacy.people import Trace, identity_numbers, private_addresses
from macros.text.characters import HIDDEN, MOST, is_plain
from macros.text.problem import Problem, kind
from macros.text.source import Source

FIX = "take it out of the file, and read /privacy/ before you send anything"
VALUE = r"""(?=[^\s"',}]{0,99}[0-9!$%&*?^])(?=[^\s"',}]{0,99}[A-Za-z])[^\s"',}]{6,}"""  # not a plain word
SECRETS = [
    ("a private key", r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1\w{20,}"),
    ("an access token", r"(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})"),
    ("an access token", r"(?<![A-Za-z0-9])glpat-[\w-]{20,}"),
    ("an access token", r"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("an access token", r"(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/\w+/\w+/\w+"),
    ("an access token", r"(?<![A-Za-z0-9])eyJ[\w-]{8,500}\.eyJ[\w-]{8,}"),
    ("an access token", r"(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{36}|pypi-AgE[\w-]{20,}|hf_[A-Za-z0-9]{30,})"),
    ("an access token", r"(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_\w{16,}|sk-(?:proj-|ant-\w+-)?\w{20,}|AIza[\w-]{35})"),
    ("an address with a password", r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:[^\s/@]{1,100}@"),
    ("a password", rf"(?i)(?<![a-z])(?:password|passwd|passphrase|pwd|lösenord)[\"']?\s?[:=]\s?[\"']?{VALUE}"),
    ("an access token", rf"(?i)(?<![a-z])(?:secret|token|(?:api|access)[ _-]?key)[\"']?\s?[:=]\s?[\"']?{VALUE}"),
]
PATTERNS = [(what, re.compile(pattern)) for what, pattern in SECRETS]


@kind("secret")
def secrets(line: str) -> Iterator[Trace]:
    """A status file holds no password, private key or access token.

    One that has left your computer counts as known, even if you take it back at once: have it
    replaced first, then take it out. [What must never be written here](privacy.md)
    """
    for what, pattern in PATTERNS:
        for match in pattern.finditer(line):
            yield Trace(*match.span(), what)


PATTERN_FINDERS: dict[str, Callable[[str], Iterator[Trace]]] = {
    "identity-number": identity_numbers,
    "secret": secrets,
    "private-address": private_addresses,
}

# Without one of these a line holds nothing of the kind: most lines need no closer look. Patterns that
# begin plainly are searched fastest, each for itself over the whole text; so what lies before comes after.
CUES = [
    re.compile(pattern)
    for pattern in (
        *(r"[0-9][0-9]{5}", r"-[0-9]{2}-[0-9A-Z][0-9]{3}", r"[+0](?<![\w./-].)[(0-9]"),
        *("@", "%40", "_", r"[(\[](?i:at)"),
    )
]
WORDS = ["key", "token", "secret", "pass", "pwd", "lösenord", "slack", "akia", "asia", "abia", "acca", "glpat"]
WORDS += ["xox", "xapp", "eyj", "pypi", "sk-", "aiza"]


def _suspects(text: str) -> list[int]:
    """Number the lines, from 0, that deserve a closer look."""
    folded = text.casefold()  # which leaves the ends of lines where they are
    lines = {text.count("\n", 0, match.start()) for cue in CUES for match in cue.finditer(text)}
    for word in WORDS:
        at = folded.find(word)
        while at >= 0:
            lines.add(folded.count("\n", 0, at))
            at = folded.find(word, at + 1)
    return sorted(lines)


ALL = frozenset(PATTERN_FINDERS)


def private_data(source: Source, kinds: Set[str] = ALL) -> Iterator[Problem]:
    """Find what must never stand in a public file, in its text and its name.

    Of each place one thing is reported, and of a file no more than MOST.

    Args:
        kinds: What to look for.
    """
    return islice(_private_data(source, kinds), MOST)


def _private_data(source: Source, kinds: Set[str]) -> Iterator[Problem]:
    name = PurePosixPath(source.file).stem
    text = source.text if is_plain(source.text) else HIDDEN.sub("", source.text)
    # What one cannot see must not hide what one can; where it stands, the lines are those of the text without it.
    lines = [name, *text.split("\n")]
    for number in _suspects("\n".join(lines)):
        line = lines[number]
        reported: list[Trace] = []
        where = "here" if number else "in the name of this file"
        for word, find in PATTERN_FINDERS.items():
            if word not in kinds:
                continue
            for trace in find(line):
                if all(trace.end <= other.start or other.end <= trace.start for other in reported):
                    reported.append(trace)
                    column = trace.start + 1 if number else 0
                    yield Problem(source.file, number, column, word, f"there is {trace.what} {where}", FIX)
