"""Days and months as people write them instead: all readings that a text has, so that none is guessed."""

import re
from datetime import date

NAMES = """
january jan januari janvier janv januar jänner enero ene
february feb februari février fevrier fév februar febrero
march mar mars marts märz maerz mrz marzo
april apr avril avr abril abr
may maj mai mayo
june jun juni juin junio
july jul juli juillet juil julio
august aug augusti août aout agosto ago
september sep sept septembre septiembre
october oct oktober okt octobre octubre
november nov novembre noviembre
december dec desember dezember dez des déc decembre décembre diciembre dic
"""
MONTHS = {name: number for number, line in enumerate(NAMES.strip().splitlines(), 1) for name in line.split()}
"""Names of months in English, Swedish, Danish, Norwegian, German, Spanish and French, and their short forms."""

FILLERS = {"de", "del", "den", "der", "le", "of", "the", "st", "nd", "rd", "th", "er", "am"}
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("\u00a0\u202f", " "))
YEAR = r"(?:19|20)\d\d"


def readings(text: str) -> list[str]:
    """List the days or months that a text can mean, year first; a day that does not exist is none.

    `14.3.2026` has one reading, `1/3/2026` has two, and `March 2026` is a month.
    """
    plain = text.strip().translate(DASHES)
    return [found for year, *rest in dict.fromkeys(_parts(plain)) if (found := _written(year, *rest))]


def months(text: str) -> list[str]:
    """List the months that a text can mean; of a day it is its month."""
    return list(dict.fromkeys(found[:7] for found in readings(text)))


def is_full(text: str) -> bool:
    """Say whether a text consists of a year, a month and a day, though the day may not exist."""
    return any(len(parts) == 3 for parts in _parts(text.strip().translate(DASHES)))


def _parts(text: str) -> list[tuple[int, ...]]:
    """List year, month and day, or year and month, as the text may mean them."""
    if match := re.fullmatch(rf"({YEAR})(\d\d)(\d\d)", text):
        return [_numbers(*match.groups())]
    if match := re.fullmatch(rf"({YEAR})[-/. ]{{1,2}}(\d\d?)(?:[-/. ]{{1,2}}(\d\d?))?\.?", text):
        return [_numbers(*filter(None, match.groups()))]
    if match := re.fullmatch(rf"(\d\d?)[-/. ]{{1,2}}(\d\d?)[-/. ]{{1,2}}({YEAR})\.?", text):
        first, second, year = _numbers(*match.groups())
        return [(year, second, first), (year, first, second)]
    if match := re.fullmatch(rf"(\d\d?)[-/. ]({YEAR})", text):
        month, year = _numbers(*match.groups())
        return [(year, month)]
    return _in_words(text)


def _numbers(*texts: str) -> tuple[int, ...]:
    return tuple(int(text) for text in texts)


def _in_words(text: str) -> list[tuple[int, ...]]:
    """Read a month in words with a year, and perhaps a day."""
    if re.search(r"[^\w\s.,/-]", text):
        return []
    words = [word for word in re.findall(r"\d+|[^\W\d_]+", text.casefold()) if word not in FILLERS]
    named = [MONTHS[word] for word in words if word in MONTHS]
    years = [int(word) for word in words if re.fullmatch(YEAR, word)]
    days = [int(word) for word in words if re.fullmatch(r"\d\d?", word)]
    if len(named) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return []
    return [(years[0], named[0], *days)]


def _written(year: int, month: int, day: int | None = None) -> str:
    """Write a day or a month, year first; empty where there is none."""
    if not 1 <= month <= 12:
        return ""
    try:
        return f"{year}-{month:02}" if day is None else str(date(year, month, day))
    except ValueError:
        return ""
