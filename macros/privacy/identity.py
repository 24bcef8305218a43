"""Personal identity numbers, found in a plain line of text: Nordic, German, British, Spanish, French and Dutch ones."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from stdnum import luhn
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.is_ import kennitala
from stdnum.nl import bsn
from stdnum.no import fodselsnummer

from macros.privacy.trace import Trace, without_paths
from macros.text.messages import M_, Said
from macros.text.problem import kind

ALONE, END = "(?<![0-9])(?<![0-9][.,])", "(?![0-9])"  # not inside a longer number
APART = r"(?: {0,2}(?:--?|\+|[._/:,]) {0,2}| {1,3})"  # between the date and the rest

# YYMMDD-NNNC, with or without the century; the letter of an interim number counts as 1.
SWEDISH = re.compile(
    rf"{ALONE}(?:18|19|20)?([0-9]{{2}})([-./ ]?)([0-9]{{2}})\2([0-9]{{2}})({APART})?"
    rf"(?!000)([0-9JKLMNPRSTUWX])([0-9]{{3}}){END}"
)
NORWEGIAN = re.compile(rf"{ALONE}([0-9]{{2}})([-. ]?)([0-9]{{2}})\2([0-9]{{2}})[ .-]{{0,2}}([0-9]{{5}}){END}")
FINNISH = re.compile(r"(?<!\w)[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y](?!\w)", re.IGNORECASE)
ICELANDIC = re.compile(rf"{ALONE}([0-9]{{6}})-([0-9]{{3}}[09]){END}")
# Danish numbers have had no check digit since 2007: without a word, dated document numbers look the same.
DANISH = re.compile(
    r"\b(?:cpr|pnr|personn(?:umme)?r|person-?id)(?:[.-]?n(?:umme)?r)?\b[^0-9]{0,20}"
    rf"([0-9]{{6}})[-. ]{{0,2}}([0-9]{{4}}){END}",
    re.IGNORECASE,
)
GERMAN = re.compile(
    rf"{ALONE}([0-9]{{2}} [0-9]{{3}} [0-9]{{3}} [0-9]{{3}}){END}"
    rf"|\b(?:steuer-?\w{{0,16}}|idnr|tin)\b[^0-9\n]{{0,20}}([0-9]{{11}}){END}",
    re.IGNORECASE,
)
BRITISH = re.compile(
    rf"{ALONE}([0-9]{{3}}([ -])[0-9]{{3}}\2[0-9]{{4}}){END}|\bnhs\b[^0-9\n]{{0,20}}([0-9]{{10}}){END}", re.IGNORECASE
)
SPANISH = re.compile(r"(?<![\w.-])(?:[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}|[XYZ]-?[0-9]{7})[- ]?[A-Z](?![\w-])", re.IGNORECASE)
FRENCH = re.compile(
    rf"{ALONE}[12]( ?)[0-9]{{2}}\1([0-9]{{2}})\1(?:[0-9]{{2}}|2[AB])\1[0-9]{{3}}\1[0-9]{{3}}[ /-]?[0-9]{{2}}{END}"
)
DUTCH = re.compile(
    r"\b(?:bsn|burgerservice\w*|sofi\w*)\b[^0-9\n]{0,20}"
    rf"([0-9]{{4}}[. ]?[0-9]{{2}}[. ]?[0-9]{{3}}|[0-9]{{3}}[. ]?[0-9]{{3}}[. ]?[0-9]{{3}}){END}",
    re.IGNORECASE,
)
SPACED = re.compile(rf"{ALONE}[0-9](?: [0-9]){{9,11}}{END}")
"""A number with a space after each digit."""


def _swedish(match: re.Match[str]) -> bool:
    year, apart, month, day, between, first, rest = match.groups(default="")
    if apart == "-" and between != "-":  # a range such as 2018-04-12 - 2020
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
    number = re.sub("[^0-9]", "", match[0])
    checks = fodselsnummer.calc_check_digit1(number) + fodselsnummer.calc_check_digit2(number)
    return number[9:] == checks and _born(fodselsnummer.get_birth_date, number)


def _born(birth: Callable[[str], date], number: str) -> bool:
    """Check that a number holds a real date. The library's own `is_valid` would read the clock."""
    try:
        return bool(birth(number))
    except ValidationError:
        return False


def _icelandic(match: re.Match[str]) -> bool:
    """Check a number of a person: those of organisations begin with a day above 40."""
    return int(match[1][:2]) <= 31 and kennitala.is_valid(match[1] + match[2])


def _of_any(*kinds: Callable[[str], bool]) -> Callable[[re.Match[str]], bool]:
    """Make a check of the digits and letters that a match ends with."""
    return lambda match: any(valid(next(filter(None, match.groups()), match[0])) for valid in kinds)


def _french(match: re.Match[str]) -> bool:
    return 1 <= int(match[2]) <= 12 and nir.is_valid(re.sub("[ /-]", "", match[0]))


class Form(NamedTuple):
    """How the numbers of a country are written, and which of what looks so are ones."""

    country: str
    what: Said
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool]


FORMS = [
    Form("Swedish", M_("a Swedish personal identity number"), SWEDISH, _swedish),
    Form("Norwegian", M_("a Norwegian personal identity number"), NORWEGIAN, _norwegian),
    Form(
        "Finnish",
        M_("a Finnish personal identity number"),
        FINNISH,
        lambda match: hetu.is_valid(match[0], allow_temporary=True),
    ),
    Form(
        "Danish",
        M_("a Danish personal identity number"),
        DANISH,
        lambda match: _born(cpr.get_birth_date, match[1] + match[2]),
    ),
    Form("Icelandic", M_("an Icelandic personal identity number"), ICELANDIC, _icelandic),
    Form("German", M_("a German personal identity number"), GERMAN, _of_any(idnr.is_valid)),
    Form(
        "British", M_("a British personal identity number"), BRITISH, lambda match: nhs.is_valid(match[1] or match[3])
    ),
    Form(
        "Spanish",
        M_("a Spanish personal identity number"),
        SPANISH,
        lambda match: any(spanish.is_valid(match[0].replace(".", "")) for spanish in (dni, nie)),
    ),
    Form("French", M_("a French personal identity number"), FRENCH, _french),
    Form(
        "Dutch", M_("a Dutch personal identity number"), DUTCH, lambda match: bsn.is_valid(re.sub("[. ]", "", match[1]))
    ),
]


OF_ANY = M_("a personal identity number")


@kind("identity-number")
def identity_numbers(line: str) -> Iterator[Trace]:
    """What is published holds nobody's personal identity number.

    Swedish, Norwegian, Finnish, Icelandic, Spanish and French numbers are known by their date or their check digit;
    German tax numbers and British NHS numbers also by their groups; Danish and Dutch ones by the word CPR or BSN before
    them. Comments and names of files are read too. Nothing needs to be written instead: no status needs to know who
    somebody is. If it is the number of a document that happens to look alike, write its title or a link.
    [What must never be written here](privacy.md)
    """
    text = without_paths(line)
    for _, what, pattern, holds in FORMS:
        for match in filter(holds, pattern.finditer(text)):
            yield Trace(*match.span(), what)
    for match in SPACED.finditer(text):
        digits = match[0].replace(" ", "")
        if any(holds(found) for *_, pattern, holds in FORMS[:2] if (found := pattern.fullmatch(digits))):
            yield Trace(*match.span(), OF_ANY)
