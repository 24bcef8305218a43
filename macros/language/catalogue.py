"""One catalogue: the text of a `.po` file → its entries, and entries → text.

The format is that of GNU gettext. Texts are not wrapped and have no line numbers of sources, so that a change of one
text changes one place of the file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.text.messages import M_, Said

OF_TEXT = ("msgctxt", "msgid", "msgid_plural")
KEYWORDS = {*OF_TEXT, *(f"#| {name}" for name in OF_TEXT), "msgstr", *(f"msgstr[{number}]" for number in range(6))}
REVIEWED = re.compile(r"reviewed: *([^,].*), *(\d{4}-\d\d-\d\d)")
QUOTED = re.compile(r'(?:[^"\\]++|\\.)*+"')
LIKE_C = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class NotACatalogue(ValueError):
    """A line of a catalogue cannot be read; `line` counts from 1, and `sentence` says why."""

    def __init__(self, line: int, sentence: Said = M_("this line is not part of a catalogue")) -> None:  # noqa: B008
        super().__init__(f"line {line} cannot be read: {sentence}")
        self.line, self.sentence = line, sentence


@dataclass
class Entry:
    """One text and what it is in the language of a catalogue.

    Attributes:
        context: Full name and field, or what tells a word of the interface from another one that is written alike.
        one: The English text.
        many: Its form for many, where it has one.
        said: The translation; several where the text has a form for many; empty where there is none.
        former: The English text that the translation was made from, where that is not `one`.
        places: The files that have the text, for a translator.
        remarks: What translators have written about it.
        line: Where it begins in the file.
    """

    context: str = ""
    one: str = ""
    many: str = ""
    said: tuple[str, ...] = ()
    fuzzy: bool = False
    former: str = ""
    places: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    line: int = 0

    @property
    def translated(self) -> bool:
        """Whether all its forms are there."""
        return bool(self.said) and all(self.said)

    @property
    def current(self) -> bool:
        """Whether the translation is of the present text; only such a one is shown."""
        return self.translated and not self.fuzzy

    @property
    def reviewed(self) -> bool:
        """Whether a specialist has read it, as a remark of the form `reviewed: role, day` says."""
        return any(REVIEWED.fullmatch(remark) for remark in self.remarks)


@dataclass
class Catalogue:
    """The entries of a file, in its order; `head` are the lines of its first entry, and `line` is where it begins."""

    head: str = ""
    remarks: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    line: int = 1


def read(text: str) -> Catalogue:
    """Read the text of a catalogue.

    Raises:
        NotACatalogue: a line is none of the format.
    """
    found, has_head = Catalogue(), False
    for number, block in _blocks(text):
        entry, values = _entry(number, block)
        if not values:
            continue
        _refuse_half(number, entry, values)
        if entry.one:
            found.entries.append(entry)
        elif has_head:
            raise NotACatalogue(number, M_("this entry has no English text"))
        else:
            found.head, found.remarks, found.line, has_head = values["msgstr"], entry.remarks, number, True
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Split a text into entries, with or without empty lines between them; yields the first line of each by number."""
    lines: list[str] = []
    complete = False
    for number, line in enumerate([*map(str.strip, text.split("\n")), ""], 1):
        begins = complete and line.startswith(("#", "msgctxt", "msgid"))
        if lines and (begins or not line):
            yield number - len(lines), lines
            lines, complete = [], False
        if line:
            lines.append(line)
            complete = complete or line.startswith("msgstr")


def _entry(first: int, block: list[str]) -> tuple[Entry, dict[str, str]]:
    """Read the lines of one entry; also returns what each keyword says."""
    entry, values, last = Entry(line=first), dict[str, str](), ""
    for number, line in enumerate(block, first):
        word, quote, rest = line.partition('"')
        name = word.rstrip()
        if quote and name in KEYWORDS:
            if name in values:
                raise NotACatalogue(number, M_("this entry has %(name)s twice", name=name))
            last = name
            values[last] = _unquoted(rest, number)
        elif quote and name in ("", "#|") and last:
            values[last] += _unquoted(rest, number)
        elif line.startswith("#") and not line.startswith("#|"):
            _remark(entry, line)
        else:
            raise NotACatalogue(number)
    entry.context, entry.one = values.get("msgctxt", ""), values.get("msgid", "")
    entry.many, entry.former = values.get("msgid_plural", ""), values.get("#| msgid", "")
    entry.said = tuple(said for name, said in values.items() if name.startswith("msgstr"))
    return entry, values


def _refuse_half(number: int, entry: Entry, values: Mapping[str, str]) -> None:
    """Refuse an entry that lacks a part, or has other ones than its kind."""
    if "msgid" not in values:
        raise NotACatalogue(number, M_("this entry has no msgid"))
    if not entry.said:
        raise NotACatalogue(number, M_("this entry has no msgstr"))
    forms = [name for name in values if name.startswith("msgstr")]
    numbered = [f"msgstr[{place}]" for place in range(len(forms))]
    if forms != (numbered if "msgid_plural" in values else ["msgstr"]):
        many = M_("this entry does not have msgstr[0], msgstr[1] and so on")
        raise NotACatalogue(number, many if "msgid_plural" in values else M_("this entry does not have one msgstr"))


def _remark(entry: Entry, line: str) -> None:
    """Take what a line of comments says."""
    if line.startswith("#,"):
        entry.fuzzy = "fuzzy" in line
    elif line.startswith("#:"):
        entry.places = (*entry.places, *line[2:].split())
    elif not line.startswith(("#.", "#~")):
        entry.remarks = (*entry.remarks, line[1:].strip())


def _unquoted(rest: str, number: int) -> str:
    """Read a text in quotes, of which the first is off already."""
    if not QUOTED.fullmatch(rest):
        raise NotACatalogue(number)
    text = rest[:-1]
    return re.sub(r"\\(.)", lambda found: LIKE_C.get(found[1], found[1]), text) if "\\" in text else text


def written(catalogue: Catalogue) -> str:
    """Write a catalogue as the text of its file."""
    head = [*(f"# {remark}" for remark in catalogue.remarks), 'msgid ""', 'msgstr ""']
    head += [_quoted(f"{line}\n") for line in catalogue.head.splitlines()]
    return "\n\n".join(["\n".join(head), *("\n".join(_lines(entry)) for entry in catalogue.entries)]) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    yield from (f"# {remark}" for remark in entry.remarks)
    yield from (f"#: {place}" for place in entry.places)
    flags = ["fuzzy"] * entry.fuzzy + ["python-format"] * ("%(" in entry.one + entry.many)
    if flags:
        yield f"#, {', '.join(flags)}"
    if entry.former:
        yield f"#| msgid {_quoted(entry.former)}"
    if entry.context:
        yield f"msgctxt {_quoted(entry.context)}"
    yield f"msgid {_quoted(entry.one)}"
    if not entry.many:
        yield f"msgstr {_quoted(entry.said[0] if entry.said else '')}"
        return
    yield f"msgid_plural {_quoted(entry.many)}"
    for number, said in enumerate(entry.said):
        yield f"msgstr[{number}] {_quoted(said)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def merged(old: Iterable[Entry], wanted: Iterable[Entry], forms: int) -> list[Entry]:
    """Bring the entries of a catalogue up to date, by context and never by likeness.

    A translation of a text that has changed is kept, marked as old, with its former text. It is no longer reviewed.

    Args:
        old: The entries of the file as it is.
        wanted: The texts that there are now, in their order.
        forms: How many forms a text with a number has in the language.
    """
    old, wanted = list(old), list(wanted)
    alike = {(entry.context, entry.one): entry for entry in old}
    # A field has a context of its own; words that are written alike in several places share one.
    named = {entry.context: entry for entry in old if entry.context}
    alone = {context for context, number in Counter(entry.context for entry in wanted).items() if number == 1}
    return [
        _merged(
            alike.get((now.context, now.one)) or (now.context in alone and named.get(now.context)) or Entry(),
            now,
            forms,
        )
        for now in wanted
    ]


def _merged(old: Entry, now: Entry, forms: int) -> Entry:
    count = forms if now.many else 1
    now.said = (*old.said, *[""] * count)[:count]
    now.remarks = old.remarks
    if not any(now.said):
        return now
    made_from = old.former if old.fuzzy and old.former else old.one
    now.fuzzy = not same(made_from, now.one) or (old.fuzzy and not old.former) or bool(now.many) != bool(old.many)
    if now.fuzzy:
        now.former = made_from if made_from != now.one else ""
        now.remarks = tuple(remark for remark in old.remarks if not REVIEWED.fullmatch(remark))
    return now


def same(one: str, other: str) -> bool:
    """Say whether two English texts differ in commas, quotes and the like at most, so that a translation fits both."""
    return one == other or _bare(one) == _bare(other)


def _bare(text: str) -> str:
    """Take out what a translation does not depend on; points and commas within numbers are kept."""
    return " ".join(re.sub(r"(?<!\d)[.,:]|[.,:](?!\d)|[;!\"'“”‘’]", " ", text).casefold().split())
