"""The catalogues of a language: files → entries."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from macros.language.catalogue import Catalogue, NotACatalogue, read
from macros.language.translated import is_all_english, language_of, translated
from macros.model.handbook import Handbook
from macros.text.messages import ENGLISH, Language
from macros.text.problem import Problem
from macros.text.report import Problems

LANGUAGES = "languages"
OF_REGION = "region/languages"


def offered(root: Path) -> tuple[str, ...]:
    """List the languages that there are catalogues for; English is always there."""
    folder = root / LANGUAGES
    others = [path.name for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []
    return ("en", *others)


def catalogues(root: Path, home: Path, code: str, found: list[Problem]) -> dict[str, Catalogue]:
    """Read the catalogues of a language: those of the handbook by name, and that of a region as `region`.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        code: Of the language.
        found: Problems are added here.
    """
    files = {path.stem: path for path in sorted((root / LANGUAGES / code).glob("*.po"))}
    if (own := home / OF_REGION / f"{code}.po").is_file():
        files["region"] = own
    made = {}
    for name, path in files.items():
        file = path.relative_to(home if name == "region" else root).as_posix()
        try:
            made[name] = read(path.read_text("utf-8"))
        except NotACatalogue as error:
            sentence, fix = "this line is none of a catalogue", "write it in the gettext format, or undo the change"
            found.append(Problem(file, error.line, 1, "not-a-catalogue", sentence, fix))
        except UnicodeDecodeError:
            found.append(Problem(file, 0, 0, "not-a-catalogue", "this file is not UTF-8", "save it as UTF-8"))
    return made


def spoken(root: Path, home: Path, code: str, path: str = "") -> tuple[Language, dict[str, Catalogue]]:
    """Give a language with the words of its interface, and all its catalogues.

    Args:
        root: The folder that holds `languages/`.
        home: The folder that holds `region/`.
        code: Of the language.
        path: The folder of its pages, seen from the root of the site.

    Raises:
        Problems: there is no such language, or a catalogue cannot be read.
    """
    found: list[Problem] = []
    read = catalogues(root, home, code, found)
    if found:
        raise Problems(found)
    return (replace(ENGLISH, path=path) if code == "en" else language_of(code, read, path)), read


def in_language(book: Handbook, language: Language, catalogues: Mapping[str, Catalogue]) -> Handbook:
    """Give a handbook in a language; one in English stays as it is."""
    if language.is_english and is_all_english(book):
        return replace(book, language=language)
    return translated(book, language, catalogues)
