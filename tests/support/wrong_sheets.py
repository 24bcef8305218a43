"""Sheets that must be refused, each with the sentence that says why."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable

from tests.support.workbooks import SHEETS, packed, parts, typed, with_part

ANSWERS, HIDDEN = SHEETS["Answers"], SHEETS["Navigator"]
DAMAGED = "The file is damaged. Save it as an Excel workbook (.xlsx) again."
NO_BOOK = "The file is not a workbook, whatever its name says. Save it as an Excel workbook (.xlsx)."
MORE = "The file holds more than a sheet of the Navigator. Use a new sheet."
ODD = "The file holds what no spreadsheet program writes. Use a new sheet."
LOCKED = "The file has a password. Save it as an Excel workbook (.xlsx), without a password."
MACRO = "The workbook holds a macro or something else that is not a sheet. Save it as an Excel workbook (.xlsx)."


def answers(**cells: str | int | None) -> Callable[[bytes], bytes]:
    return lambda raw: typed(raw, Answers=cells)


def project(**cells: str | int | None) -> Callable[[bytes], bytes]:
    return lambda raw: typed(raw, Project=cells)


def hidden(**cells: str | int | None) -> Callable[[bytes], bytes]:
    return lambda raw: typed(raw, Navigator=cells)


def part(name: str, content: bytes = b"x") -> Callable[[bytes], bytes]:
    return lambda raw: packed({**parts(raw), name: content})


def xml(name: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: with_part(raw, name, lambda content: content.replace(old, new, 1))


def liar(raw: bytes) -> bytes:
    """Let a part of 30 MB say that it has 1 kB."""
    bomb = with_part(raw, "xl/sharedStrings.xml", lambda xml: xml + b" " * 30_000_000)
    found = bytearray(bomb)
    for match in re.finditer(rb"PK\x01\x02", bomb):
        at = match.start()
        size = struct.unpack_from("<H", bomb, at + 28)[0]
        if bomb[at + 46 : at + 46 + size] == b"xl/sharedStrings.xml":
            struct.pack_into("<I", found, at + 24, 1000)
    return bytes(found)


def locked(raw: bytes) -> bytes:
    found = bytearray(raw)
    for match in re.finditer(rb"PK\x01\x02", raw):
        found[match.start() + 8] |= 1
    return bytes(found)


def twice(raw: bytes) -> bytes:
    target = io.BytesIO(raw)
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(ANSWERS, "<a/>")
    return target.getvalue()


def crowd(raw: bytes) -> bytes:
    return packed({**parts(raw), **{f"x{number}": b"" for number in range(250)}})


WRONG: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "renamed text": (lambda _: b"id;status\nsource-map;met\n", NO_BOOK),
    "empty file": (lambda _: b"", NO_BOOK),
    "a ZIP of something else": (lambda _: packed({"readme.txt": b"x"}), NO_BOOK),
    "OpenDocument": (
        lambda _: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "The file is an OpenDocument sheet (.ods). Save it as an Excel workbook (.xlsx).",
    ),
    "password or old format": (
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "The file has a password, or is in an old format. Save it as an Excel workbook (.xlsx), without a password.",
    ),
    "password of the archive": (locked, LOCKED),
    "half a file": (lambda raw: raw[: len(raw) // 2], DAMAGED),
    "macro": (part("xl/vbaProject.bin"), MACRO),
    "embedded object": (part("xl/embeddings/oleObject1.bin"), MACRO),
    "link to another workbook": (
        part("xl/externalLinks/externalLink1.xml"),
        "The workbook refers to another workbook. Use a new sheet.",
    ),
    "bomb that says so": (part("xl/media/a.txt", b" " * 30_000_000), MORE),
    "bomb that lies": (liar, DAMAGED),
    "too large": (lambda raw: raw + bytes(4_000_000), "The file is too large for a sheet of the Navigator."),
    "a part twice": (twice, MORE),
    "many parts": (crowd, MORE),
    "DOCTYPE": (xml(ANSWERS, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), ODD),
    "null byte": (xml(ANSWERS, b"<worksheet", b"\x00<worksheet"), ODD),
    "no XML": (xml(ANSWERS, b"</worksheet>", b""), DAMAGED),
    "a sheet without its part": (xml("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"), DAMAGED),
    "a text that is not there": (
        xml(ANSWERS, b't="s"><v>', b't="s"><v>9999'),
        "Cell B1 refers to a text that is not there. Save it as an Excel workbook (.xlsx) again.",
    ),
    "formula in an answer": (
        answers(G4="=A1"),
        "Cell G4 of Answers holds a formula. Type the text or the date itself.",
    ),
    "formula in a date": (
        project(C8="=TODAY()"),
        "Cell C8 of Project holds a formula. Type the text or the date itself.",
    ),
    "formula among the names": (
        answers(A4="=A5"),
        "Cell A4 of Answers has been changed: it names no question of this sheet.",
    ),
    "another name": (
        answers(A4="materials/other"),
        "Cell A4 of Answers has been changed: it names no question of this sheet.",
    ),
    "an answer beside the questions": (
        answers(I900="SOP 1"),
        "Cell I900 of Answers is beside the questions: it would be lost. Empty it.",
    ),
    "a word that is no answer": (
        answers(G5="Perhaps"),
        'Cell G5 of Answers says "Perhaps". Choose one of the words in its list.',
    ),
    "a date in words": (
        answers(G4="Done", H4="March 2026"),
        'Cell H4 of Answers says "March 2026". Write the date as 2026-03-14, 2026-03 or 2026.',
    ),
    "a day that does not exist": (
        answers(G4="Done", H4="2026-02-30"),
        'Cell H4 of Answers says "2026-02-30". Write the date as 2026-03-14, 2026-03 or 2026.',
    ),
    "a quarter": (
        answers(G4="Not yet", K4="Q2 2027"),
        'Cell K4 of Answers says "Q2 2027". Write year and month, such as 2028-02.',
    ),
    "a month as the day of the assessment": (
        project(C8="2026-03"),
        'Cell C8 of Project says "2026-03". Write the date as 2026-03-14.',
    ),
    "a target in words": (
        project(C13="soon"),
        'Cell C13 of Project says "soon". Write year and month, such as 2028-02.',
    ),
    "a partner that is none": (
        project(C6="Somebody"),
        'Cell C6 of Project says "Somebody". Choose one of the words in its list.',
    ),
    "evidence without an answer": (
        answers(I6="SOP 1"),
        "Cell G6 of Answers is empty, but there is text in its row. Choose an answer.",
    ),
    "a long text": (
        answers(G4="Done", M4="long " * 200),
        "Cell M4 of Answers has 999 characters, more than 600. Shorten it.",
    ),
    "no hidden sheet": (
        xml("xl/workbook.xml", b'name="Navigator"', b'name="Other"'),
        'The workbook is no sheet of the Navigator: "Navigator" is missing. Use a new sheet.',
    ),
    "another version": (
        hidden(B1="navigator-sheet 0"),
        "The workbook is a sheet of another version of the Navigator. Use a new sheet.",
    ),
    "formula in the hidden sheet": (hidden(B2="=1"), "The hidden sheet has been changed. Use a new sheet."),
}
"""What is wrong → how a sound sheet becomes so, and what is said."""


def wrong(raw: bytes, names: list[str]) -> dict[str, tuple[bytes, str]]:
    """Make the wrong sheets of a sound one, whose questions have these names."""
    made = {what: (make(raw), sentence) for what, (make, sentence) in WRONG.items()}
    again = f'Cell A5 of Answers names "{names[0]}" a second time. Delete this row.'
    made["a name twice"] = answers(A5=names[0])(raw), again
    gone = f'The row of "{names[0]}" is missing in Answers. Use a new sheet.'
    made["a row without its name"] = answers(A4=None)(raw), gone
    return made
