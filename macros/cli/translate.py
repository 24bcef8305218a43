"""`python -m macros translate LANGUAGE`: make the catalogues of a language, or bring them up to date."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, politely
from macros.language.catalogue import Catalogue, Entry, merged, written
from macros.text.problem import Problem


def declare(parser: ArgumentParser) -> None:
    """Add the language, and a guide that has just been translated."""
    parser.add_argument("language", help="a language by its code, such as sv")
    parser.add_argument(
        "--made",
        metavar="GUIDE",
        help="note that this guide was made from the present English one, such as report.md or region/index.md",
    )


@politely
def run(chosen: Namespace, place: Place) -> int:
    """Write the catalogues of a language, and say what is left to do; a region's repository has one of its own."""
    from macros.language.head import known

    language = known(chosen.language)
    of_region = (place.home / "region" / "region.yml").is_file()
    if language == "en" and not of_region:
        raise ValueError("The handbook is written in English. Write the code of another language, such as sv.")
    if chosen.made:
        return _made(place, language, chosen.made)
    wanted = _of_region(place, language) if of_region else _of_handbook(place, language)
    base = place.home if of_region else place.root
    there = {path: _there(path, base) for path in wanted}
    numbers = [_brought_up_to_date(path, language, there[path], entries) for path, entries in wanted.items()]
    folder = next(iter(wanted)).parent.relative_to(base).as_posix()
    total, done, old = (sum(column) for column in zip(*numbers, strict=True))
    print(f"{done} of {total} texts are translated, {old} are out of date. They are in {folder}/.")
    return 0


def _of_handbook(place: Place, language: str) -> dict[Path, list[Entry]]:
    """List the texts of the shared handbook by the catalogue that holds them."""
    import macros.load.languages  # noqa: F401  # and with it every module that explains a kind of problem
    from macros.language.texts import listed
    from macros.language.words import words
    from macros.load.handbook import shared
    from macros.load.layers import of_countries

    countries = {Path(file).stem: layer for file, layer in of_countries(place.root, {}, []).items() if layer}
    entries = {**words(place.root), **dict(listed(shared(place.root), countries))}
    return {place.root / "languages" / language / f"{name}.po": some for name, some in entries.items()}


def _of_region(place: Place, language: str) -> dict[Path, list[Entry]]:
    """List the texts of a region's own files, which are in its repository."""
    from macros.language.own import texts_of_region
    from macros.load.handbook import load

    book = load(place.root, place.day, place.home)
    layers = tuple(layer for layer in book.layers if layer.file.startswith("region/"))
    layers = tuple(layer for layer in layers if layer.overlay.written_in != language)
    own = texts_of_region(book.region, layers, with_file=book.region.written_in != language) if book.region else []
    return {place.home / "region/languages" / f"{language}.po": own}


def _there(path: Path, base: Path) -> Catalogue | None:
    """Read a catalogue that is there already; all of them are read before the first is written."""
    from macros.load.catalogues import catalogue_of
    from macros.text.report import Problems

    found: list[Problem] = []
    file = path.relative_to(base).as_posix()
    made = catalogue_of(file, path.read_bytes(), found, of_region=False) if path.is_file() else None
    if found:
        raise Problems(found)
    return made


def _brought_up_to_date(
    path: Path, language: str, there: Catalogue | None, entries: list[Entry]
) -> tuple[int, int, int]:
    """Write one catalogue; returns how many texts it has, how many are translated, and how many are out of date."""
    from macros.edit.write import write_whole
    from macros.language.head import first, forms_of

    catalogue = there or first(language)
    catalogue.entries = merged(catalogue.entries, entries, forms_of(language))
    text = written(catalogue).encode()
    if not path.is_file() or path.read_bytes() != text:
        write_whole(path, text)
    states = [(entry.current, entry.fuzzy) for entry in catalogue.entries]
    return len(states), sum(current for current, _ in states), sum(fuzzy for _, fuzzy in states)


def _made(place: Place, language: str, guide: str) -> int:
    """Note in a translated guide which English one it was made from."""
    from macros.edit.write import write_whole
    from macros.language.guides import noted

    base, said, written = place.root, f"languages/{language}/docs/{guide}", f"docs/{guide}"
    if guide.startswith("region/"):
        page = guide.removeprefix("region/")
        base, said, written = place.home, f"region/languages/{language}/pages/{page}", f"region/pages/{page}"
    text = noted((base / said).read_bytes().decode(), (base / written).read_bytes().decode())
    write_whole(base / said, text.encode())
    print(f"{said} is made from the present {written}.")
    return 0
