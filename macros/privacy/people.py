"""Numbers and addresses of people, found in a line of text."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.no import fodselsnummer

from macros.text.problem import kind


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


def _born(birth: Callable[[str], date], number: str) -> bool:
    """Check that a number holds a real date. The library's own `is_valid` would read the clock."""
    try:
        return bool(birth(number))
    except ValidationError:
        return False


COUNTRIES: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]] = [
    ("Swedish", SWEDISH, _swedish),
    ("Norwegian", NORWEGIAN, _norwegian),
    ("Finnish", FINNISH, lambda match: hetu.is_valid(match[0], allow_temporary=True)),
    ("Danish", DANISH, lambda match: _born(cpr.get_birth_date, match[1] + match[2])),
]


@kind("identity-number")
def identity_numbers(line: str) -> Iterator[Trace]:
    """A status file holds nobody's personal identity number.

    Swedish, Norwegian and Finnish numbers are known by their date and check digit, Danish ones
    by the word CPR before them; comments are read too. Nothing needs to be written instead: no
    status needs to know who somebody is. If it is the number of a document that happens to look
    alike, write its title or a link. [What must never be written here](privacy.md)
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
SHORTEST = 7  # digits of a telephone number, with the 0 or the code before it
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
    [What must never be written here](privacy.md)
    """
    for match in MAIL.finditer(line):
        yield Trace(*match.span(), "an e-mail address")
    text = _without_paths(line)
    if len(re.findall(r"\d", text)) < SHORTEST:
        return
    for found in PhoneNumberMatcher(text, "SE", leniency=Leniency.VALID):
        number, before = found.raw_string.replace("\u00a0", " "), text[: found.start][-1:]
        if (ABROAD.fullmatch(number) or AT_HOME.fullmatch(number)) and not re.match(r"[\w./-]", before):
            yield Trace(found.start, found.end, "a telephone number")


def _without_paths(line: str) -> str:
    """Strike out the paths of addresses and DOIs, so that every other character keeps its place."""
    return PATH.sub(lambda match: match[1] + "/" * len(match[2]), line)


CAPITAL = "[A-ZÅÄÖÆØÉÜ]"
TITLED = re.compile(rf"\b(?:Dr|Prof|Professor|Docent|Mr|Mrs|Ms|Herr|Fru)\b\.? {CAPITAL}|\b{CAPITAL}\. ?{CAPITAL}\w+")
NAMES = re.compile(rf"{CAPITAL}[\w'-]+(?: {CAPITAL}[\w'-]+){{1,3}}")
ROLE_WORDS = re.compile(
    r"\b(?:Clinical|Medical|Qualified|Responsible|Quality|Regulatory|Person|Head|Chief|Director|Manager|Officer|Lead"
    r"|Leader|Coordinator|Nurse|Physician|Consultant|Surgeon|Inspector|Auditor|Assessor|Engineer|Controller|Counsel"
    r"|Hospital|Unit|Department|Centre|Board|Committee|Authority|Agency|University|Region|\w+ist)\b"
)


def is_a_person(text: str) -> bool:
    """Say whether a text that should name a role looks like a person's name, with a title or without one."""
    first = text.partition(",")[0].strip()
    alone = NAMES.fullmatch(first) and not ROLE_WORDS.search(first)
    return bool(TITLED.search(text) or alone)


PROFESSIONS = re.compile(
    r",\s*(?:överläkare|läkare|sjuksköterska|överlæge|læge|overlege|lege|ylilääkäri|professor|docent|oberarzt|oberärztin"
    r"|MD|PhD|RN|MSc)\b",
    re.IGNORECASE,
)
PARTS = re.compile(r"([^\W\d_]{2,})[._-]([^\W\d_]{2,})")
OF_UNITS = re.compile(
    r"atmp|biobank|cell|center|centre|centrum|clinic|coord|contact|desk|ethic|forsk|gen|gmp|health|help|hosp|info|innov"
    r"|kontakt|koord|lab|mail|med|navigator|office|pharm|post|project|quality|regist|regul|research|support|team|tech"
    r"|therap|trial|unit|univ|vector",
    re.IGNORECASE,
)


def has_a_title(text: str) -> bool:
    """Say whether a text that should name a unit has a person's title, initial or profession."""
    return bool(TITLED.search(text) or PROFESSIONS.search(text))


def is_a_persons_mailbox(address: str) -> bool:
    """Say whether a mailbox looks like that of a person: two names, none of them a word of a unit."""
    name = address.partition("@")[0]
    return bool(PARTS.fullmatch(name)) and not OF_UNITS.search(name)
