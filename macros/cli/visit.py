"""`python -m macros visit ID`: what a new edition asks of a project, and the edition written into its file."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from macros.cli.command import Place, politely
from macros.edit.splice import apply
from macros.edit.write import write_whole
from macros.load.handbook import survey
from macros.model.editions import was_asked
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.report import Problems, printable, stops

ALL = "all"


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a project")
    parser.add_argument("--raise", dest="raised", action="store_true", help="write the present edition into the file")
    parser.add_argument(
        "--holds", nargs="+", default=[], metavar="AREA/ITEM", help=f'items whose answer still holds, or "{ALL}"'
    )


@politely
def run(chosen: Namespace, place: Place) -> int:
    from macros.engine.report import report_on

    file = f"projects/{chosen.id}.yml"
    base = place.base_of(file)
    if base is None:
        raise ValueError(f"There is no {printable(file)}.")
    handbook, found = survey(place.root, place.day, [file], place.home)
    if handbook is None or stops(found):
        raise Problems(stops(found))
    project = handbook.projects[chosen.id]
    edition = handbook.frame.edition
    if project.checklist == edition:
        print(f"{chosen.id} is at edition {edition} already.")
        return 0
    reports = [report_on(project, handbook, route, day=place.day) for route in project.route]
    again = {name for report in reports for name, state in report.assessment.states.items() if state.renewed}
    new = {item.name for report in reports for item in report.assessment.new}
    print("\n".join(map(printable, _said(project, handbook, again, new))))
    if not chosen.raised:
        return 0
    left = set() if ALL in chosen.holds else again - {*chosen.holds}
    if left:
        raise ValueError(
            f"Still to be looked at: {', '.join(sorted(left))}. Change the answer if it is another one now, "
            "and name the item after --holds."
        )
    path = base / file
    changes = [{"path": ["checklist"], "value": edition}, {"path": ["assessed"], "value": str(place.day)}]
    write_whole(path, apply(path.read_bytes().decode(), changes).encode())
    print(f"{file} is now at edition {edition}.")
    return 0


def _said(project: Project, handbook: Handbook, again: set[str], new: set[str]) -> Iterator[str]:
    """Say what is asked differently, with both texts and the answer, and what is new."""
    yield f"{project.id} was answered for edition {project.checklist}; the checklists are at {handbook.frame.edition}."
    answers = handbook.answers_of(project)
    for name in [name for name in handbook.items if name in again]:
        item = handbook.items[name]
        yield ""
        yield f"Asked differently: {item.title} [{name}]"
        yield f"  before: {was_asked(item.revised, project.checklist) or 'not kept'}"
        yield f"  now: {item.done_when}"
        if name in answers:
            yield f"  your answer: {answers[name].status}"
    if new:
        yield from ("", "New; an answer can wait:")
        yield from (f"  {handbook.items[name].title} [{name}]" for name in handbook.items if name in new)
    if not again | new:
        yield "Nothing that this project is asked has changed in meaning."
