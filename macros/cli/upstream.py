"""`python -m macros upstream OLD [NEW]`: what an upgrade of the shared checklists asks of a region."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from macros.cli.command import Place, politely
from macros.cli.language import declare_language, language_of
from macros.load.handbook import checklists, projects_alone, shared, survey
from macros.load.languages import in_language_with_former, spoken, upgraded
from macros.load.region import as_far_as_it_fits
from macros.model.status_file import ProjectKind
from macros.text.problem import Problem
from macros.text.report import printable


def declare(parser: ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="the edition you come from, a Git revision or a folder")
    parser.add_argument("new", metavar="NEW", nargs="?", default=".", help="the same; else what is here")
    parser.add_argument("--format", choices=["text", "markdown", "json"], default="text")
    declare_language(parser)


@politely
def run(chosen: Namespace, place: Place) -> int:
    from macros.changes.git import pages, state
    from macros.changes.upgrade import upgrade
    from macros.changes.upgrade_text import as_json, as_markdown, plain

    with state(place.root, chosen.old) as first, state(place.root, chosen.new) as second:
        was, now = shared(first), shared(second)
        before, overlay = as_far_as_it_fits(was, first, place.home)
        after, _ = as_far_as_it_fits(now, second, place.home)
        projects, left_out = projects_alone(place.root, place.home)
        if after.region:  # upstream answers for its examples
            projects = {name: it for name, it in projects.items() if it.kind is ProjectKind.PROJECT}
        for file in left_out:
            print(f"{printable(file)} cannot be read and is left out; `check` says why.", file=sys.stderr)
        before, after = replace(before, projects=projects), replace(after, projects=projects)
        said = _said(second, place)
        differing = pages(place.root, chosen.old, chosen.new)
        old = upgraded(place.root, place.home, before, after)
        report = upgrade(was, now, before, after, overlay, day=place.day, pages=differing, said=said, translations=old)
    if chosen.format == "json":
        print(as_json(report), end="")
        return 0
    words = spoken(place.root, place.home, language_of(chosen.language, place, after.region))
    text = as_markdown(report, in_language_with_former(after, before, *words))
    print(plain(text) if chosen.format == "text" else text, end="")
    return 0


def _said(root: Path, place: Place) -> list[Problem]:
    """List what `check` says under the new edition; of a revision only what concerns the checklists."""
    if root.resolve() == place.root.resolve():
        return survey(root, place.day, home=place.home)[1]
    found: list[Problem] = []
    checklists(root, place.home, found, catalogues=place.root)
    return found
