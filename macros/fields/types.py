"""The fields of records: each type reads the text its author wrote, or says what does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from macros.fields.markers import FREE, Names, check_marks
from macros.fields.near_words import folded
from macros.text.messages import M_, NOTHING, Said
from macros.text.problem import kind, quoted
from macros.text.problem import write as write_word
from macros.text.slugs import MAX_NAME, as_word, is_word

MAX_TEXT = 600  # characters; the longest text of ours has about 450


def refuse(
    kind: str,
    sentence: Said,
    fix: Said = NOTHING,
    notes: tuple[Said, ...] = (),
    *,
    instead: str = "",
    certain: bool = False,
) -> NoReturn:
    """Say what is wrong with one value; the arguments are the fields of a `Problem`."""
    words = {"sentence": sentence, "fix": fix, "notes": notes, "instead": instead, "certain": certain}
    raise PydanticCustomError(kind, "{sentence}", words)


def show(value: object) -> Said:
    """Quote the author's word, or say what stands there instead of one."""
    if value is None:
        return M_("nothing")
    if isinstance(value, Mapping):
        return M_("a group of lines")
    return M_("a list") if isinstance(value, list) else quoted(str(value))


@kind("wrong-type")
def a_text(value: object) -> str:
    """A text is a text, a list is a list and a group is a group.

    A list is written in square brackets, `[university, hospital]`; a group in braces,
    `{status: met, since: 2026-03-14}`, or on lines of its own, each two spaces further right.
    """
    if not isinstance(value, str):
        texts = value if isinstance(value, list) and all(isinstance(entry, str) for entry in value) else []
        joined = ", ".join(texts).replace('"', "'")
        fix = M_('write one text: "%(words)s"', words=joined) if joined else M_("write a text")
        refuse("wrong-type", M_("a text belongs here, not %(value)s", value=show(value)), fix)
    return value


@kind("missing-text", "too-long")
def _line(value: object) -> str:
    """A text is not empty and has at most 600 characters.

    Longer explanations belong in a document of your own; write its number as evidence.
    """
    if value is None or value == "":
        refuse("missing-text", M_("there is nothing here"), M_("write the text"))
    text = a_text(value)
    if not text.strip():
        refuse("missing-text", M_("the text is empty"), M_("write the text"))
    if len(text) > MAX_TEXT:
        sentence = M_("the text has %(num)s characters, more than %(most)s", num=len(text), most=MAX_TEXT)
        refuse("too-long", sentence, M_("shorten it"))
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
        sentence = M_('"%(word)s" cannot be a name', word=text)
        if long:
            sentence = M_('"%(word)s" has more than %(most)s characters', word=text, most=MAX_NAME)
        fix = M_("shorten it") if long else write_word(same or as_word(text.rpartition("/")[2]))
        notes = (M_("a name has small letters a to z, digits and single hyphens"),)
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
            sentence = M_("a space is missing after the colon")
            refuse("not-a-number", sentence, write_word(spaced), instead=spaced, certain=True)
        digits = re.findall(r"[0-9]+", text)
        alone = len(digits) == 1 and text.rstrip().endswith(digits[0])
        fix = write_word(digits[0]) if alone else M_("write digits only")
        refuse("not-a-number", M_("%(value)s is not a number", value=show(value)), fix)
    return int(text)


@kind("not-a-share")
def _share(value: object) -> float:
    """A share is a number with a point, between 0 and 10, such as `0.85`."""
    text = a_text(value)
    if not re.fullmatch(r"[0-9](\.[0-9]{1,3})?|10", text):
        near = re.fullmatch(r"(\d{1,3}) ?%", text)
        fix = write_word(f"{int(near[1]) / 100:g}" if near else text.replace(",", ".") if "," in text else "")
        refuse(
            "not-a-share", M_("%(value)s is not a share", value=show(value)), fix or M_("write a number such as 0.85")
        )
    return float(text)


@kind("not-yes-or-no")
def _flag(value: object) -> bool:
    """A switch is written `true` or `false`."""
    if value not in ("true", "false"):
        sentence = M_("%(value)s is neither true nor false", value=show(value))
        refuse("not-yes-or-no", sentence, M_('write "true" or "false"'))
    return value == "true"


@kind("not-an-edition")
def _edition(value: object) -> str:
    """An edition is written with a letter first, as in `v2026.1`.

    Without the letter many programs read `2026.10` as 2026.1.
    """
    text = a_text(value)
    if not re.fullmatch(r"v[0-9]{4}\.[0-9]{1,2}", text):
        near = re.fullmatch(r"[0-9]{4}\.[0-9]{1,2}", text)
        fix = write_word(f"v{text}") if near else M_("write it as in v2026.1")
        refuse("not-an-edition", M_("%(value)s is not an edition", value=show(value)), fix)
    return text


def a_list(value: object) -> tuple[object, ...]:
    """Read a list; one text is a list of one."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        sentence = M_("a list belongs here, not %(value)s", value=show(value))
        refuse("wrong-type", sentence, M_("write [one, two], or one on each line with a hyphen"))
    return tuple(value)


def _group(value: object) -> object:
    if value is not None and not isinstance(value, Mapping):
        sentence = M_('lines of "name: value" belong here, not %(value)s', value=show(value))
        refuse("wrong-type", sentence, M_("write them below, each two spaces further right"))
    return value or {}


Line = Annotated[str, BeforeValidator(_line)]
Word = Annotated[str, BeforeValidator(_word)]
Number = Annotated[int, BeforeValidator(_number)]
Share = Annotated[float, BeforeValidator(_share)]
Flag = Annotated[bool, BeforeValidator(_flag)]
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
    locked: ClassVar[Mapping[str, Said]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        check_marks(cls, of_items=cls.of_items)
