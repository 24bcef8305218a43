"""`python -m macros translate LANGUAGE`: make the catalogues of a language, or bring them up to date."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from macros.cli.command import Place, politely


def declare(parser: ArgumentParser) -> None:
    """Add the language."""
    parser.add_argument("language", help="a language by its code, such as sv")


@politely
def run(chosen: Namespace, place: Place) -> int:
    """Write `languages/<language>/*.po` and say what is left to do."""
    from macros.edit.write import write_whole
    from macros.language.catalogue import Entry, merged, read, written
    from macros.language.head import first, forms_of, known
    from macros.language.texts import listed
    from macros.language.words import words
    from macros.load.handbook import shared
    from macros.load.layers import of_countries

    language = known(chosen.language)
    folder = place.root / "languages" / language
    countries = {Path(file).stem: layer for file, layer in of_countries(place.root, {}, []).items() if layer}
    wanted: dict[str, list[Entry]] = {"interface": words(place.root), **dict(listed(shared(place.root), countries))}
    done = old = 0
    for name, entries in wanted.items():
        path = folder / f"{name}.po"
        catalogue = read(path.read_text("utf-8")) if path.is_file() else first(language)
        catalogue.entries = merged(catalogue.entries, entries, forms_of(language))
        done += sum(entry.current for entry in catalogue.entries)
        old += sum(entry.fuzzy for entry in catalogue.entries)
        if not path.is_file() or path.read_text("utf-8") != written(catalogue):
            write_whole(path, written(catalogue).encode())
    total = sum(len(entries) for entries in wanted.values())
    print(f"{done} of {total} texts are translated, {old} are out of date. The files are in languages/{language}/.")
    return 0
