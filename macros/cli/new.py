"""`python -m macros new ID`: the first file of a project, written into `projects/`, or a sentence that says why not."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from macros.cli.command import Place, politely
from macros.cli.language import as_asked, declare_language
from macros.edit.write import write_whole
from macros.fields.near_words import same_word
from macros.fields.shape import shape
from macros.load.files import RESERVED
from macros.load.handbook import shared, survey
from macros.model.handbook import Handbook
from macros.model.status_file import StatusFile
from macros.text.problem import nearest
from macros.text.reader import read
from macros.text.report import Problems
from macros.text.slugs import as_word, is_word


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="small letters and hyphens; becomes the page's address")
    parser.add_argument("--modality", required=True, help="the kind of product")
    parser.add_argument("--route", required=True, nargs="+", help="how it reaches patients; one or more")
    parser.add_argument("--lead", required=True, help="the partner that leads")
    parser.add_argument("--donor", help="who gives the cells, where the modality leaves that open")
    parser.add_argument("--delivery", help="how genes are changed, where it is not the usual way of the modality")
    parser.add_argument("--title", default="", help="else made from ID")
    parser.add_argument("--summary", default="", help="what it is and for whom, in one sentence; else to be filled in")
    parser.add_argument("--upto", type=int, metavar="STAGE", help="only the items due up to this stage")
    declare_language(parser)
    plain = parser.format_help
    parser.format_help = lambda: plain() + _words()  # type: ignore[method-assign]  # read only when it is asked for


def _words() -> str:
    """List the words that the arguments take; nothing where the checklists cannot be read."""
    try:
        frame = shared(Path.cwd()).frame
    except Problems:
        return ""
    words: dict[str, Iterable[str]] = {
        "modality": frame.modalities,
        "route": frame.routes,
        "lead": frame.partners,
        "donor": frame.donors,
        "delivery": frame.deliveries,
    }
    return "\n" + "".join(f"{name}: {', '.join(known)}\n" for name, known in words.items())


@politely
def run(chosen: Namespace, place: Place) -> int:
    path = new_file(
        place.root,
        chosen.id,
        modality=chosen.modality,
        routes=chosen.route,
        lead=chosen.lead,
        day=place.day,
        donor=chosen.donor,
        delivery=chosen.delivery,
        title=chosen.title,
        summary=chosen.summary,
        upto=chosen.upto,
        home=place.home,
        language=chosen.language,
    )
    print(f"projects/{path.name} is written. Fill in title and summary, then the answers.")
    return 0


def new_file(
    root: Path,
    name: str,
    *,
    modality: str,
    routes: Sequence[str],
    lead: str,
    day: date,
    donor: str | None = None,
    delivery: str | None = None,
    title: str = "",
    summary: str = "",
    upto: int | None = None,
    home: Path | None = None,
    language: str | None = None,
) -> Path:
    """Write the first file of a project to `projects/` and return its path.

    Args:
        home: The folder that holds `region/` and its projects, where that is not `root`.
        language: Of its comments; left out, that of the environment or of the region.

    Raises:
        ValueError: a plain sentence; nothing has been written then.
    """
    from macros.outputs.first_file import skeleton

    path = free_path(root, home or root, name)
    handbook, _ = survey(root, day, [f"projects/{path.name}"], home)
    if handbook is None:
        raise ValueError("The checklists have problems. Run `python -m macros check` first.")
    handbook = as_asked(handbook, language, Place(root, home or root, day))
    routes = list(dict.fromkeys(routes))
    frame = handbook.frame
    modality, lead = _as_known(modality, frame.modalities), _as_known(lead, frame.partners)
    donor, delivery = donor and _as_known(donor, frame.donors), delivery and _as_known(delivery, frame.deliveries)
    routes = [_as_known(route, frame.routes) for route in routes]
    _known(handbook, modality, donor, delivery, routes, lead, upto)
    text = skeleton(
        handbook,
        title=title or name.replace("-", " ").capitalize(),
        summary=summary,
        modality=modality,
        donor=donor,
        delivery=delivery,
        routes=routes,
        lead=lead,
        day=day,
        upto=upto,
    )
    _check_texts(path, text)
    _put(path, text.encode())
    return path


def free_path(root: Path, home: Path, name: str) -> Path:
    """Give the path of a new project, if its name can be used."""
    if not is_word(name):
        near = as_word(name)
        rule = "small letters a to z, digits and single hyphens, a letter first, at most 48 characters"
        raise ValueError(f'"{name}" cannot be the name of a file. Write ' + (f'"{near}".' if near else f"{rule}."))
    if name in RESERVED:
        raise ValueError(f'"{name}" is a name that the site needs itself. Choose another.')
    there = [path for base in (root, home) for path in (base / "projects").rglob("*.yml")]
    if any(path.stem.casefold() == name for path in there):
        raise ValueError(_taken(name))
    return home / "projects" / f"{name}.yml"


def _taken(name: str) -> str:
    return f'There is a project "{name}" already. Choose another name, or edit its file.'


def _as_known(word: str, known: Iterable[str]) -> str:
    """Write a word as the checklists do, where only case and spaces differ."""
    return same_word(word, known) or word


def _known(
    handbook: Handbook,
    modality: str,
    donor: str | None,
    delivery: str | None,
    routes: Sequence[str],
    lead: str,
    upto: int | None,
) -> None:
    """Refuse words that the checklists do not have."""
    frame = handbook.frame
    _one_of("modality", modality, frame.modalities)
    for route in routes or [""]:
        _one_of("route", route, frame.routes)
    _one_of("partner", lead, frame.partners)
    settled, possible = frame.modalities[modality].donor, handbook.possible_donors(modality)
    if possible and not donor:
        raise ValueError(f"It is not said whose cells are used. Add --donor {' or --donor '.join(possible)}.")
    if donor:
        _one_of("donor of this modality", donor, possible or [str(settled)])
    if delivery:
        _one_of("delivery of this modality", delivery, frame.modalities[modality].delivery or frame.deliveries)
    if upto is not None and upto not in frame.stages:
        raise ValueError(f"{upto} is not a stage. Stages are {', '.join(map(str, frame.stages))}.")


def _one_of(what: str, word: str, words: Iterable[str]) -> None:
    if word not in (known := list(words)):
        near = nearest(word, known)
        raise ValueError(f'"{word}" is not a {what}. Write ' + (f'"{near}".' if near else f"{' or '.join(known)}."))


def _check_texts(path: Path, text: str) -> None:
    """Refuse a title or a summary that the file could not be read with; nothing else in it is free text."""
    try:
        source, problems = read(f"projects/{path.name}", text.encode())
    except UnicodeEncodeError:
        raise ValueError("Title or summary holds a letter that cannot be saved as UTF-8.") from None
    found = problems or shape(StatusFile, source)
    if isinstance(found, list):
        raise ValueError(f"Title or summary cannot be used: {found[0].sentence}.")


def _put(path: Path, content: bytes) -> None:
    """Write the new file, and never over one that has come in between."""
    try:
        write_whole(path, content, new=True)
    except FileExistsError:
        raise ValueError(_taken(path.stem)) from None
