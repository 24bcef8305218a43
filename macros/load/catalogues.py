"""The files of a language: which languages there are, and the text of each catalogue → its entries."""

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from macros.language.catalogue import Catalogue, NotACatalogue, read
from macros.language.rules import catalogue_problems
from macros.language.state import REGION
from macros.load.files import is_there
from macros.privacy.scan import private_data
from macros.text.characters import HIDDEN, MOST, conflict_markers, hidden, is_plain, not_utf8
from macros.text.messages import M_
from macros.text.problem import Problem, kind
from macros.text.report import stops
from macros.text.source import Source, Spot

LANGUAGES = "languages"
OF_REGION = "region/languages"
MOST_BYTES = 1024 * 1024
NEEDED = frozenset("\u00ad\u061c\u200c\u200d\u200e\u200f")
"""Invisible characters that some languages are written with."""


def pages_of(code: str) -> str:
    """Give the folder of a region's own pages in another language than they are written in."""
    return f"{OF_REGION}/{code}/pages"


def offered(root: Path) -> tuple[str, ...]:
    """List the languages that there are catalogues for; English is always there."""
    folder = root / LANGUAGES
    found = [path for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []
    others = [path.name for path in found if not path.is_symlink() and not path.name.startswith(".")]
    return ("en", *(name for name in others if name != "en"))


def catalogues(
    root: Path, home: Path, code: str, found: list[Problem], only: Collection[str] = ()
) -> dict[str, Catalogue]:
    """Read the catalogues of a language: those of the handbook by name, and that of a region as `region`.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        code: Of the language.
        found: Problems are added here.
        only: The names of those that are wanted; empty for all.
    """
    folder = root / LANGUAGES / code
    files = {path.stem: (root, path) for path in sorted(folder.glob("*.po")) if path.is_file()}
    if is_there(home, own := f"{OF_REGION}/{code}.po"):
        files[REGION] = home, home / own
    made = {}
    for name, (base, path) in files.items():
        if only and name not in only:
            continue
        file = path.relative_to(base).as_posix()
        if catalogue := catalogue_of(file, path.read_bytes(), found, of_region=name == REGION):
            made[name] = catalogue
            found += catalogue_problems(file, catalogue, code)
    return made


def catalogue_of(file: str, raw: bytes, found: list[Problem], *, of_region: bool) -> Catalogue | None:
    """Read one catalogue; None where that cannot be done, as the problems that are added to `found` say."""
    source = Source(file, "")
    problems = [*_unfit(source, raw, of_region=of_region)]
    made = None
    if not stops(problems):
        try:
            made = read(source.text)
        except NotACatalogue as error:
            problems += not_a_catalogue(source, error)
    found += problems
    return made


def _unfit(source: Source, raw: bytes, *, of_region: bool) -> Iterator[Problem]:
    """Find what keeps a file from being read as a catalogue, and note its text."""
    if len(raw) > MOST_BYTES:
        yield from catalogue_too_large(source, len(raw))
        return
    if wrong := [*not_utf8(source, raw)]:
        yield from wrong
        return
    source.text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    private = [*private_data(source)] if of_region else []  # first and alone: other messages may repeat a line
    yield from private or conflict_markers(source)
    if not private and not is_plain(source.text):
        signs = ((spot, sign) for spot, sign in source.matches(HIDDEN.pattern) if sign not in NEEDED)
        yield from (hidden(source, spot, sign) for spot, sign in islice(signs, MOST))


@kind("catalogue-too-large")
def catalogue_too_large(source: Source, size: int) -> Iterator[Problem]:
    """A catalogue is at most 1 MiB. The largest one of the handbook has about a sixth of that.

    `python -m macros translate sv` leaves out what is no text of the handbook.
    """
    sentence = M_("the catalogue has %(size)s KiB, more than %(most)s", size=size // 1024, most=MOST_BYTES // 1024)
    yield source.problem("catalogue-too-large", sentence, Spot(1, 1), M_("take out what is no text of the handbook"))


@kind("not-a-catalogue")
def not_a_catalogue(source: Source, error: NotACatalogue) -> Iterator[Problem]:
    """A catalogue is a text in the gettext format, saved as UTF-8.

    Each entry has lines of `msgctxt`, `msgid` and `msgstr` with texts in quotes, and an empty line follows it.
    `python -m macros translate sv` writes one.
    """
    fix = M_("write it in the gettext format, or undo the change")
    yield source.problem("not-a-catalogue", error.sentence, Spot(error.line, 1), fix)
