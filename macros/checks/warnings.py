"""Probable slips in status files. They are told, but stop nothing: people must be able to report honestly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from macros.checks.projects import place_of
from macros.model.handbook import Handbook
from macros.model.status_file import Project, ProjectKind
from macros.text.dates import Month
from macros.text.problem import NOTE, WARNING, Problem, kind
from macros.text.source import Source


def slips(project: Project, source: Source, handbook: Handbook, day: date) -> Iterator[Problem]:
    """Tell everything that looks like a slip, and what is only a hint."""
    for rule, severity in RULES:
        for problem in rule(project, source, handbook, day):
            yield replace(problem, severity=severity)


@kind("gate-unsupported")
def gates_have_proof(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """A gate that is met has evidence and a date.

    Without them it does not raise the level. Write `since` and `evidence`.
    """
    for name, answer in project.answers.items():
        item = handbook.items.get(name)
        if item and item.gate and answer.status.met and not (answer.evidence and answer.since):
            missing = " and ".join(n for n in ("since", "evidence") if not getattr(answer, n))
            verb = "are" if "and" in missing else "is"
            at = source.spot(place_of(name), name=True)
            yield source.problem(
                "gate-unsupported", f"this gate is met, but {missing} {verb} missing", at, f"add {missing}"
            )


@kind("confirmed-unsupported")
def confirmed_stages_have_proof(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """A stage that is confirmed as a whole has evidence and a date.

    Without them it stands for no item. Write `since` and `evidence`.
    """
    for track, stage, whole in project.confirmations:
        if not whole.supported:
            missing = " and ".join(word for word in ("since", "evidence") if not getattr(whole, word))
            at = source.spot(("confirmed", track, str(stage)), name=True)
            sentence = f"this stage is confirmed without {missing}"
            yield source.problem("confirmed-unsupported", sentence, at, f"add {missing}")


@kind("answer-not-asked")
def answers_are_asked(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """An answer belongs to an item that is asked of this product.

    The modality, the donor or the route may be wrong, or the answer is not needed.
    """
    if project.modality not in handbook.frame.modalities:
        return
    asked = {item.name for route in project.route for item in handbook.asked_of(project, route)}
    for name in project.answers:
        if name in asked:
            continue
        path = place_of(name)
        if name in handbook.waived:
            if project.kind is not ProjectKind.PROJECT:
                continue  # nobody here can change the answer of an upstream example
            at = source.spot(path, name=True)
            layer = handbook.layer_title(handbook.waived[name].layer)
            sentence = f'"{path[2]}" is not used in {layer}'
            yield source.problem("answer-not-asked", sentence, at, "leave it or delete it: it is not counted")
        elif name in handbook.items:
            at = source.spot(path, name=True)
            sentence = f'"{path[2]}" is not asked of this product'
            yield source.problem("answer-not-asked", sentence, at, "check modality, donor and route, or delete it")


@kind("answered-later")
def assessed_is_last(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """The day at `assessed` is the last day on which something was answered.

    Put today's date there when you change an answer.
    """
    for name, answer in project.answers.items():
        if answer.since and answer.since.first > project.assessed:
            at = source.spot((*place_of(name), "since"))
            sentence = f"{answer.since} is later than the last assessment, {project.assessed}"
            yield source.problem("answered-later", sentence, at, "renew the date at assessed")


@kind("plan-is-past")
def plans_lie_ahead(project: Project, source: Source, _: Handbook, day: date) -> Iterator[Problem]:
    """A planned month lies ahead.

    When it has passed, the item is met or has a new month.
    """
    for name, answer in project.answers.items():
        if answer.planned and not answer.status.met and answer.planned < Month.of(day):
            at = source.spot((*place_of(name), "planned"))
            yield source.problem(
                "plan-is-past", f"{answer.planned} has passed", at, "write a new month, or set the status to met"
            )


@kind("trailing-space")
def no_trailing_spaces(_: Project, source: Source, __: Handbook, ___: date) -> Iterator[Problem]:
    """A line ends with its last letter.

    Spaces at the end of a line are harmless, but make every later change harder to read.
    """
    if " \n" not in source.text and " \r" not in source.text and not source.text.endswith(" "):
        return  # which is quick to see
    for spot, _found in source.matches(r"(?<=\S)[ ]+(?=\r?$)"):
        yield source.problem("trailing-space", "spaces stand at the end of this line", spot, "delete them")


Rule = Callable[[Project, Source, Handbook, date], Iterator[Problem]]

RULES: list[tuple[Rule, str]] = [
    (gates_have_proof, WARNING),
    (confirmed_stages_have_proof, WARNING),
    (answers_are_asked, WARNING),
    (assessed_is_last, WARNING),
    (plans_lie_ahead, WARNING),
    (no_trailing_spaces, NOTE),
]
