"""`python -m macros visit ID`: what a new edition asks of a project, and the edition written into its file."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from macros.cli.command import Place, politely
from macros.cli.language import as_asked, declare_language
from macros.edit.splice import apply
from macros.edit.write import write_whole
from macros.load.handbook import survey
from macros.model.editions import was_asked
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.messages import N_
from macros.text.report import Problems, printable, stops

ALL = "all"


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a project")
    parser.add_argument("--raise", dest="raised", action="store_true", help="write the present edition into the file")
    parser.add_argument(
        "--holds", nargs="+", default=[], metavar="AREA/ITEM", help=f'items whose answer still holds, or "{ALL}"'
    )
    declare_language(parser)


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
    handbook = as_asked(handbook, chosen.language, place)
    say = handbook.language.gettext
    project = handbook.projects[chosen.id]
    edition = handbook.frame.edition
    if project.checklist == edition:
        print(say(N_("%(project)s is at edition %(edition)s already.")) % {"project": chosen.id, "edition": edition})
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
    print(say(N_("%(file)s is now at edition %(edition)s.")) % {"file": file, "edition": edition})
    return 0


def _said(project: Project, handbook: Handbook, again: set[str], new: set[str]) -> Iterator[str]:
    """Say what is asked differently, with both texts and the answer, and what is new."""
    say = handbook.language.gettext
    at = {"project": project.id, "old": project.checklist, "new": handbook.frame.edition}
    yield say(N_("%(project)s was answered for edition %(old)s; the checklists are at %(new)s.")) % at
    answers = handbook.answers_of(project)
    for name in [name for name in handbook.items if name in again]:
        item = handbook.items[name]
        yield ""
        yield say(N_("Asked differently: %(item)s [%(name)s]")) % {"item": item.title, "name": name}
        before = was_asked(item.revised, project.checklist) or say(N_("not kept"))
        yield "  " + say(N_("before: %(text)s")) % {"text": before}
        yield "  " + say(N_("now: %(text)s")) % {"text": item.done_when}
        if name in answers:
            yield "  " + say(N_("your answer: %(status)s")) % {"status": answers[name].status}
    if new:
        yield from ("", say(N_("New; an answer can wait:")))
        yield from (f"  {handbook.items[name].title} [{name}]" for name in handbook.items if name in new)
    if not again | new:
        yield say(N_("Nothing that this project is asked has changed in meaning."))
