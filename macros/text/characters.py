"""What a file must be before it is read as YAML: small, UTF-8, and only what one can see."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from macros.text.messages import M_
from macros.text.problem import Problem, kind
from macros.text.source import Source, Spot

MAX_BYTES = 128 * 1024
CELL, NEXT = r"[^\s#][^\t#]*", r"\t[ \t]*"
CELLS = re.compile(rf"(?<=: ){CELL}{NEXT}(?:{CELL}{NEXT}{CELL}|\d{{4}}-).*|(?<=:){NEXT}{CELL}{NEXT}{CELL}.*")
LONGEST_ROW = 1000  # characters; the expression takes the square of them

MOST = 20  # equal problems of one file that are reported

# Controls; bidirectional marks, zero-width and tag characters; line ends that only some programs know.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]|\r"
)


@kind("too-large")
def too_large(source: Source, raw: bytes, limit: int = MAX_BYTES) -> Iterator[Problem]:
    """A status file is at most 128 KiB, a checklist 256 KiB.

    A full status file has about 30 KiB, and 70 KiB with all its questions as comments. Keep documents where they are
    and write their number or address as evidence.
    """
    if len(raw) > limit:
        size = M_("the file has %(num)s KiB, more than %(most)s", num=len(raw) // 1024, most=limit // 1024)
        yield Problem(source.file, 0, 0, "too-large", size, M_("keep documents elsewhere and write their number"))


AS_UTF8 = M_("save the file as UTF-8; editors ask for it under Save as, Encoding")


@kind("not-utf8")
def not_utf8(source: Source, raw: bytes) -> Iterator[Problem]:
    """A file is saved as UTF-8.

    Older programs save letters such as å or é in another way. Save the file again and
    choose "UTF-8" as the encoding.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw.count(0) > len(raw) // 4:
        yield Problem(source.file, 0, 0, "not-utf8", M_("the file is not saved as UTF-8"), AS_UTF8)
        return
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        source.text = raw.decode("utf-8", "replace")
        spot = Spot(before.count("\n") + 1, len(before) - before.rfind("\n"))
        yield source.problem("not-utf8", M_("this letter is not saved as UTF-8"), spot, AS_UTF8)


@kind("conflict-marker")
def conflict_markers(source: Source) -> Iterator[Problem]:
    """A file holds one version, not the two of an unfinished merge.

    Keep the lines that are right and delete those that begin with <<<<<<<, |||||||, ======= or >>>>>>>.
    """
    if not any(mark * 7 in source.text for mark in "<=>|"):  # most files: quicker than the expression
        return
    for spot, mark in source.matches(r"^ *(<{7}|={7}|>{7}|\|{7})(?= |$)"):
        sentence = M_('"%(sign)s" is left from an unfinished merge', sign=mark.strip())
        yield source.problem("conflict-marker", sentence, spot, M_("keep one of the versions and delete this line"))


def pasted_cells(line: str) -> tuple[int, int] | None:
    """Find the cells of a table that were pasted behind a name: their column and how many characters they are."""
    found = CELLS.search(line.removesuffix("\r")) if "\t" in line and len(line) <= LONGEST_ROW else None
    return (found.start() + 1, max(1, len(found[0]))) if found else None


@kind("tab")
def tabs(source: Source) -> Iterator[Problem]:
    """A file is indented with spaces, never with the Tab key.

    Programs disagree how wide a tab is. Write two spaces for each step to the right.
    """
    lines = source.text.split("\n") if "\t" in source.text else []
    cells = {number: pasted_cells(line) for number, line in enumerate(lines, 1)}
    pasted = {number: Spot(number, *spot) for number, spot in cells.items() if spot}
    for spot in pasted.values():
        fix = M_("write the cells as {status: …, since: …, evidence: …}")
        yield source.problem("tab", M_("cells of a table were pasted here"), spot, fix)
    for spot, _ in islice(source.matches("\t+"), MOST):
        if spot.line not in pasted:
            before = spot.column == 1 or not source.line(spot.line)[: spot.column - 1].strip()
            fix = M_("use spaces, as many as in the lines beside it") if before else M_("use a space")
            yield source.problem("tab", M_("there is a tab here"), spot, fix)


@kind("hidden-character")
def hidden_characters(source: Source) -> Iterator[Problem]:
    """A file holds only characters that one can see.

    Invisible marks come along when text is copied from other programs; they break names
    or turn the order of letters. Delete the place and type it again.
    """
    for spot, found in islice(source.matches(HIDDEN.pattern), MOST):
        yield hidden(source, spot, found)
    for spot, _ in source.matches("^ *[\u00a0\u2009\u202f]|(?<=:)[\u00a0\u2009\u202f]"):
        sentence = M_("this is not an ordinary space")
        yield source.problem("hidden-character", sentence, spot, M_("type an ordinary space"))


def hidden(source: Source, spot: Spot, found: str) -> Problem:
    """Make the problem of an invisible character."""
    sentence = M_("there is an invisible character (U+%(code)s) here", code=f"{ord(found[0]):04X}")
    fix = M_("press Enter here instead") if found in "\r\u0085\u2028\u2029" else M_("delete it, or type the text again")
    return source.problem("hidden-character", sentence, spot, fix)


def is_plain(text: str) -> bool:
    """Check quickly that a text holds only what one can see, as most files do."""
    return text.replace("\r\n", "").replace("\n", "").isprintable()


def text_problems(source: Source) -> list[Problem]:
    """Find what is wrong with the text itself."""
    checks: list[Callable[[Source], Iterator[Problem]]] = [conflict_markers]
    if not is_plain(source.text):
        checks += [tabs, hidden_characters]
    return [problem for check in checks for problem in check(source)]
