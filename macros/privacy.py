"""What must never stand in a public status file: numbers and addresses of people, and secrets.

What is public is copied within minutes and kept for good. So the whole text is looked at, comments
and the file's name included, and a message never repeats what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.no import fodselsnummer

from macros.kinds import Problem, kind
from macros.rawtext import HIDDEN, MOST
from macros.source import Source

FIX = "take it out of the file, and read /privacy/ before you send anything"


class Trace(NamedTuple):
    """Where in a line something stands that must not, and what it is; never the characters themselves."""

    start: int
    end: int
    what: str


# The path of an address or of a DOI holds numbers of documents; what follows a ? or # in it may be anything.
PATH = re.compile(r"""(https?://[^\s/?#"'<>]*|\b10\.[0-9]{4,9})(/[^\s?#"'<>]*)""")

SPACE = "[ \u00a0\u2009\u202f]"
HYPHEN = "[-\u2010-\u2015\u2212]"  # as word processors write it
ALONE = "(?<![0-9])(?<![0-9][.,])"  # not inside a longer number

# YYMMDD-NNNC, with or without the century; the letter of an interim number counts as 1.
SWEDISH = re.compile(
    rf"{ALONE}(?:18|19|20)?([0-9]{{2}})(-?)([0-9]{{2}})\2([0-9]{{2}})"
    rf"({SPACE}?(?:{HYPHEN}|\+){SPACE}?|{SPACE})?(?!000)([0-9JKLMNPRSTUWX])([0-9]{{3}})(?![0-9])"
)
NORWEGIAN = re.compile(rf"{ALONE}([0-9]{{6}}){SPACE}?([0-9]{{5}})(?![0-9])")
FINNISH = re.compile(r"(?<!\w)[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y](?!\w)", re.IGNORECASE)
# Danish numbers have had no check digit since 2007: without the word, dated document numbers look the same.
DANISH = re.compile(r"\bcpr(?:nr|nummer)?\b[^0-9]{0,20}([0-9]{6})[- ]?([0-9]{4})(?![0-9])", re.IGNORECASE)


def _swedish(match: re.Match[str]) -> bool:
    year, dash, month, day, between, first, rest = match.groups(default="")
    if dash and between != "-":  # a range such as 2018-04-12 - 2020
        return False
    try:
        date(2000 + int(year), int(month), int(day) - 60 * (int(day) > 60))  # a coordination number adds 60
    except ValueError:
        return False
    # The T numbers that schools and hospitals hand out need not have a check digit.
    unchecked = first == "T" and between.strip() in ("-", "+")
    serial = (first if first.isdigit() else "1") + rest
    return unchecked or luhn.is_valid(year + month + day + serial)


def _norwegian(match: re.Match[str]) -> bool:
    number = match[1] + match[2]
    checks = fodselsnummer.calc_check_digit1(number) + fodselsnummer.calc_check_digit2(number)
    return number[9:] == checks and _born(fodselsnummer.get_birth_date, number)


def _danish(match: re.Match[str]) -> bool:
    return _born(cpr.get_birth_date, match[1] + match[2])


def _born(birth: Callable[[str], date], number: str) -> bool:
    """Say whether a number holds a real date. The library's own `is_valid` would read the clock."""
    try:
        return bool(birth(number))
    except ValidationError:
        return False


def _finnish(match: re.Match[str]) -> bool:
    return hetu.is_valid(match[0], allow_temporary=True)


COUNTRIES: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]] = [
    ("Swedish", SWEDISH, _swedish),
    ("Norwegian", NORWEGIAN, _norwegian),
    ("Finnish", FINNISH, _finnish),
    ("Danish", DANISH, _danish),
]


@kind("identity-number")
def identity_numbers(line: str) -> Iterator[Trace]:
    """A status file holds nobody's personal identity number.

    Swedish, Norwegian and Finnish numbers are known by their date and check digit, Danish ones
    by the word CPR before them; comments are read too. Nothing needs to stand there instead: no
    status needs to know who somebody is. If it is the number of a document that happens to look
    alike, write its title or a link. [What must never stand here](privacy.md)
    """
    text = _without_paths(line)
    for country, pattern, holds in COUNTRIES:
        for match in filter(holds, pattern.finditer(text)):
            yield Trace(*match.span(), f"a {country} personal identity number")


# Also as "anna(at)example.org", and as an address writes the @ in what follows its question mark.
MAIL = re.compile(
    rf"(?<![\w.%+'-])[\w.%+'-]{{1,64}}?(?:@|%40|{SPACE}?[(\[]at[)\]]{SPACE}?)[\w-][\w.-]{{0,250}}\.[^\W\d_]{{2,}}",
    re.IGNORECASE,
)
# From abroad: with +, or with 00 and a neighbour's code, or with 00, another code and a mark after it.
ABROAD = re.compile(rf"\(?\+.*|00{SPACE}?(?:4[5-7]|358).*|00{SPACE}?[1-9][0-9]{{0,2}}[^0-9].*")
# At home, as people write it: a mobile number, or an area code apart from the rest. Not a time such as 0900-1200.
AREA, GROUPS = r"(?:0[78]|\(?0[1-9][0-9]{1,2}\)?)", "[0-9]{2,3}"
AT_HOME = re.compile(
    rf"07[0-9]{{8}}|(?!0[0-9]{{3}}{HYPHEN}[0-9]{{4}}$){AREA}(?:{SPACE}?{HYPHEN}{SPACE}?{GROUPS}(?:[- ]?{GROUPS})*"
    rf"|{HYPHEN}[0-9]{{5,8}}|(?:{SPACE}|/|\.){GROUPS}(?:[ .]?{GROUPS})+)"
)


@kind("private-address")
def private_addresses(line: str) -> Iterator[Trace]:
    """A status file holds no e-mail address and no telephone number.

    Not even those of an office: mailboxes change, and an address in a public file is collected
    and written to. `contact` names a role, and readers find the role in their own organisation.
    [What must never stand here](privacy.md)
    """
    for match in MAIL.finditer(line):
        yield Trace(*match.span(), "an e-mail address")
    text = _without_paths(line)
    for found in PhoneNumberMatcher(text, "SE", leniency=Leniency.VALID):
        number, before = found.raw_string.replace("\u00a0", " "), text[: found.start][-1:]
        if (ABROAD.fullmatch(number) or AT_HOME.fullmatch(number)) and not re.match(r"[\w./-]", before):
            yield Trace(found.start, found.end, "a telephone number")


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
    replaced first, then take it out. [What must never stand here](privacy.md)
    """
    for what, pattern in PATTERNS:
        for match in pattern.finditer(line):
            yield Trace(*match.span(), what)


LOOKS: dict[str, Callable[[str], Iterator[Trace]]] = {
    "identity-number": identity_numbers,
    "secret": secrets,
    "private-address": private_addresses,
}

# Without one of these a line holds nothing of the kind: most lines need no closer look. Patterns that
# begin plainly are searched fastest, each for itself over the whole text.
CUES = [
    re.compile(pattern)
    for pattern in (
        *(r"[0-9]{6}", r"-[0-9]{2}-[0-9A-Z][0-9]{3}", r"(?<![\w./-])\(?[+0][(0-9]"),
        *("@", "%40", "_", r"[(\[](?i:at)"),
    )
]
WORDS = (
    "key",
    "token",
    "secret",
    "pass",
    "pwd",
    "lösenord",
    "slack",
    "akia",
    "asia",
    "abia",
    "acca",
    "glpat",
    "xox",
    "xapp",
    "eyj",
    "pypi",
    "sk-",
    "aiza",
)


def _suspects(text: str) -> list[int]:
    """Number the lines, from 0, that deserve a closer look."""
    folded = text.casefold()
    lines = {text.count("\n", 0, match.start()) for cue in CUES for match in cue.finditer(text)}
    for word in WORDS:
        at = folded.find(word)
        while at >= 0:
            lines.add(folded.count("\n", 0, at))
            at = folded.find(word, at + 1)
    return sorted(lines)


def private_data(source: Source) -> Iterator[Problem]:
    """Find what must never stand in a public file, in its text and its name.

    Of each place one thing is told, and of a file no more than MOST.
    """
    return islice(_private_data(source), MOST)


def _private_data(source: Source) -> Iterator[Problem]:
    name = PurePosixPath(source.file).stem
    text = HIDDEN.sub("", source.text) if HIDDEN.search(source.text.replace("\r\n", "\n")) else source.text
    # What one cannot see must not hide what one can; where it stands, the lines are those of the text without it.
    lines = [name, *text.split("\n")]
    for number in _suspects("\n".join(lines)):
        line = lines[number]
        told: list[Trace] = []
        where = "here" if number else "in the name of this file"
        for word, look in LOOKS.items():
            for trace in look(line):
                if all(trace.end <= other.start or other.end <= trace.start for other in told):
                    told.append(trace)
                    column = trace.start + 1 if number else 0
                    yield Problem(source.file, number, column, word, f"{trace.what} stands {where}", FIX)


def _without_paths(line: str) -> str:
    """Strike out the paths of addresses and DOIs, so that every other character keeps its place."""
    return PATH.sub(lambda match: match[1] + "/" * len(match[2]), line)
