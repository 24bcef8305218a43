"""The fields of records: each type reads the text its author wrote, or says what does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from macros.fields.markers import FREE, Names, check_marks
from macros.fields.near_dates import is_full, months, readings
from macros.fields.near_words import folded
from macros.text.dates import Month, PartialDate
from macros.text.problem import kind
from macros.text.problem import write as write_word
from macros.text.slugs import MAX_NAME, as_word, is_word

MAX_TEXT = 600  # characters; the longest text of ours has about 450


def refuse(
    kind: str, sentence: str, fix: str = "", notes: tuple[str, ...] = (), *, instead: str = "", certain: bool = False
) -> NoReturn:
    """Say what is wrong with one value; the arguments are the fields of a `Problem`."""
    words = {"sentence": sentence, "fix": fix, "notes": notes, "instead": instead, "certain": certain}
    raise PydanticCustomError(kind, "{sentence}", words)


def show(value: object) -> str:
    """Quote the author's word, or say what stands there instead of one."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a group of lines"
    return "a list" if isinstance(value, list) else f'"{value}"'


@kind("wrong-type")
def a_text(value: object) -> str:
    """A text is a text, a list is a list and a group is a group.

    A list is written in square brackets, `[university, hospital]`; a group in braces,
    `{status: met, since: 2026-03-14}`, or on lines of its own, each two spaces further right.
    """
    if not isinstance(value, str):
        texts = value if isinstance(value, list) and all(isinstance(entry, str) for entry in value) else []
        joined = ", ".join(texts).replace('"', "'")
        fix = f'write one text: "{joined}"' if joined else "write a text"
        refuse("wrong-type", f"a text belongs here, not {show(value)}", fix)
    return value


@kind("missing-text", "too-long")
def _line(value: object) -> str:
    """A text is not empty and has at most 600 characters.

    Longer explanations belong in a document of your own; write its number as evidence.
    """
    if value is None or value == "":
        refuse("missing-text", "there is nothing here", "write the text")
    text = a_text(value)
    if not text.strip():
        refuse("missing-text", "the text is empty", "write the text")
    if len(text) > MAX_TEXT:
        refuse("too-long", f"the text has {len(text)} characters, more than {MAX_TEXT}", "shorten it")
    return text


@kind("bad-name")
def _word(value: object) -> str:
    """A name consists of small letters a to z, digits and single hyphens, and begins with a letter.

    It becomes part of an address and has at most 48 characters: `potency-assay-qualified`.
    """
    text = a_text(value)
    if not is_word(text):
        lower = folded(text)
        same = lower if is_word(lower) else ""
        long = len(text) > MAX_NAME
        sentence = f'"{text}" has more than {MAX_NAME} characters' if long else f'"{text}" cannot be a name'
        fix = "shorten it" if long else write_word(same or as_word(text.rpartition("/")[2]))
        notes = ("a name has small letters a to z, digits and single hyphens",)
        refuse("bad-name", sentence, fix, notes, instead=same, certain=bool(same))
    return text


@kind("not-a-number")
def _number(value: object) -> int:
    """A number is written in digits, without a unit.

    `6` is a number; `6 months` and `six` are not.
    """
    text = a_text(value)
    if not re.fullmatch(r"0|[1-9][0-9]{0,3}", text):
        if joined := re.fullmatch(r"([1-9][0-9]?):(\S+)", text):
            spaced = f"{joined[1]}: {joined[2]}"
            sentence, fix = "a space is missing after the colon", f'write "{spaced}"'
            refuse("not-a-number", sentence, fix, instead=spaced, certain=True)
        digits = re.findall(r"[0-9]+", text)
        fix = write_word(digits[0]) if len(digits) == 1 and text.rstrip().endswith(digits[0]) else "write digits only"
        refuse("not-a-number", f"{show(value)} is not a number", fix)
    return int(text)


@kind("not-a-share")
def _share(value: object) -> float:
    """A share is a number with a point, between 0 and 10, such as `0.85`."""
    text = a_text(value)
    if not re.fullmatch(r"[0-9](\.[0-9]{1,3})?|10", text):
        near = re.fullmatch(r"(\d{1,3}) ?%", text)
        fix = write_word(f"{int(near[1]) / 100:g}" if near else text.replace(",", ".") if "," in text else "")
        refuse("not-a-share", f"{show(value)} is not a share", fix or "write a number such as 0.85")
    return float(text)


@kind("not-yes-or-no")
def _flag(value: object) -> bool:
    """A switch is written `true` or `false`."""
    if value not in ("true", "false"):
        refuse("not-yes-or-no", f"{show(value)} is neither true nor false", 'write "true" or "false"')
    return value == "true"


@kind("not-a-month")
def _month(value: object) -> Month:
    """A month is written with its year first, as in `2028-02`."""
    if value is None or value == "":
        refuse("not-a-month", "a month is missing here", "write year and month, such as 2028-02")
    text = a_text(value)
    try:
        return Month.parse(text)
    except ValueError:
        return _refuse_date("not-a-month", text, months(text), "write year and month, such as 2028-02")


@kind("not-a-date")
def _moment(value: object) -> PartialDate:
    """A date is written year first, as in `2026-03-14`, and is a day that exists.

    Where only the month or the year is known, write `2026-03` or `2026`.
    """
    if value is None or value == "":
        refuse("not-a-date", "a date is missing here", "write it in this form: 2026-03-14")
    text = a_text(value)
    try:
        return PartialDate.parse(text)
    except ValueError:
        form = "write it in this form: 2026-03-14, or 2026-03 where only the month is known"
        return _refuse_date("not-a-date", text, readings(text), form)


def _day(value: object) -> date:
    if isinstance(value, str) and (found := readings(value)) and len(found[0]) < 10:
        refuse("not-a-date", f"{show(value)} is not a day", "write year, month and day, such as 2026-03-14")
    moment = _moment(value)
    if moment.first != moment.last:
        refuse("not-a-date", f"{show(value)} is not a day", "write year, month and day, such as 2026-03-14")
    return moment.last


def _refuse_date(kind: str, text: str, found: list[str], form: str) -> NoReturn:
    """Propose all readings that a text has; where there is one, it is certain."""
    fix = " or ".join(f'"{reading}"' for reading in found)
    if not found and kind == "not-a-date" and is_full(text):
        refuse(kind, f"{show(text)} is not a date", "this day does not exist; write one that does")
    what = {"not-a-month": "month", "not-a-date": "date"}[kind]
    one = found[0] if len(found) == 1 else ""
    refuse(kind, f"{show(text)} is not a {what}", f"write {fix}" if fix else form, instead=one, certain=bool(one))


@kind("not-an-edition")
def _edition(value: object) -> str:
    """An edition is written with a letter first, as in `v2026.1`.

    Without the letter many programs read `2026.10` as 2026.1.
    """
    text = a_text(value)
    if not re.fullmatch(r"v[0-9]{4}\.[0-9]{1,2}", text):
        near = re.fullmatch(r"[0-9]{4}\.[0-9]{1,2}", text)
        fix = write_word(f"v{text}") if near else "write it as in v2026.1"
        refuse("not-an-edition", f"{show(value)} is not an edition", fix)
    return text


def a_list(value: object) -> tuple[object, ...]:
    """Read a list; one text is a list of one."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        refuse(
            "wrong-type",
            f"a list belongs here, not {show(value)}",
            "write [one, two], or one on each line with a hyphen",
        )
    return tuple(value)


def _group(value: object) -> object:
    if value is not None and not isinstance(value, Mapping):
        sentence = f'lines of "name: value" belong here, not {show(value)}'
        refuse("wrong-type", sentence, "write them below, each two spaces further right")
    return value or {}


Line = Annotated[str, BeforeValidator(_line)]
Word = Annotated[str, BeforeValidator(_word)]
Number = Annotated[int, BeforeValidator(_number)]
Share = Annotated[float, BeforeValidator(_share)]
Flag = Annotated[bool, BeforeValidator(_flag)]
MonthText = Annotated[Month, BeforeValidator(_month)]
PartialDateText = Annotated[PartialDate, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Edition = Annotated[str, BeforeValidator(_edition)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(a_list)]
FreeText = Annotated[Line, FREE]
NewName = Annotated[Word, FREE]
EditionName = Annotated[Edition, Names("edition")]
ItemNames = Annotated[Lines, Names("item")]
PartnerNames = Annotated[Lines, Names("partner")]
SourceNames = Annotated[Lines, Names("source")]
Group = BeforeValidator(_group)


class Record(BaseModel):
    """A group of names in a file; a name it does not know is refused.

    Attributes:
        of_items: Whether its fields are those of an item, each with an `ItemField`.
        locked: Names that are refused with a reason of their own, as all regions share what they are about → what to
            do instead.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )
    of_items: ClassVar[bool] = False
    locked: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        check_marks(cls, of_items=cls.of_items)
