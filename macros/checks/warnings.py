"""Probable slips in status files. They are reported, but stop nothing: people must be able to report honestly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from macros.checks.answers import something_is_said, texts
from macros.checks.projects import place_of
from macros.model.handbook import Handbook
from macros.model.status_file import Project, ProjectKind
from macros.text.dates import Month
from macros.text.messages import M_, as_written
from macros.text.problem import NOTE, WARNING, Problem, kind, lacking
from macros.text.source import Path, Source

EARLIEST = 1990  # the first year in which an answer of a cell or gene therapy project is likely


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
            missing, at = lacking(answer), source.spot(place_of(name), name=True)
            sentence = M_("this gate is met, but %(field)s is missing", field=missing)
            if not answer.since and not answer.evidence:
                sentence = M_("this gate is met, but since and evidence are missing")
            yield source.problem("gate-unsupported", sentence, at, M_("add %(fields)s", fields=missing))


@kind("confirmed-unsupported")
def confirmed_stages_have_proof(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """A stage that is confirmed as a whole has evidence and a date.

    Without them it confirms no item. Write `since` and `evidence`.
    """
    for track, stage, whole in project.confirmations:
        if missing := lacking(whole):
            at = source.spot(("confirmed", track, str(stage)), name=True)
            sentence = M_("this stage is confirmed without %(fields)s", fields=missing)
            yield source.problem("confirmed-unsupported", sentence, at, M_("add %(fields)s", fields=missing))


@kind("answer-not-asked")
def answers_are_asked(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """An answer belongs to an item that is asked of this product.

    The modality, the donor, the delivery or the route may be wrong, or the answer is not needed.
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
            waiving = handbook.waived[name].layer
            layer = as_written(handbook.layer_title(waiving), f"layers/{waiving} title")
            sentence = M_('"%(item)s" is not used in %(layer)s', item=path[2], layer=layer)
            yield source.problem("answer-not-asked", sentence, at, M_("leave it or delete it: it is not counted"))
        elif name in handbook.items:
            at = source.spot(path, name=True)
            sentence = M_('"%(item)s" is not asked of this product', item=path[2])
            fix = M_("check modality, donor, delivery and route, or delete it")
            yield source.problem("answer-not-asked", sentence, at, fix)


@kind("answered-later")
def assessed_is_last(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """The day at `assessed` is the last day on which something was answered.

    Put today's date there when you change an answer.
    """
    for name, answer in project.answers.items():
        if answer.since and answer.since.first > project.assessed:
            at = source.spot((*place_of(name), "since"))
            days = {"day": answer.since, "assessed": project.assessed}
            sentence = M_("%(day)s is later than the last assessment, %(assessed)s", **days)
            yield source.problem("answered-later", sentence, at, M_("renew the date at assessed"))


@kind("plan-is-past")
def plans_lie_ahead(project: Project, source: Source, _: Handbook, day: date) -> Iterator[Problem]:
    """A planned month is not in the past.

    When it has passed, the item is met or has a new month.
    """
    for name, answer in project.answers.items():
        if answer.planned and not answer.status.met and answer.planned < Month.of(day):
            at = source.spot((*place_of(name), "planned"))
            sentence = M_("%(month)s has passed", month=answer.planned)
            yield source.problem("plan-is-past", sentence, at, M_("write a new month, or set the status to met"))


@kind("met-and-planned")
def what_is_met_is_not_planned(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """What is met is no longer planned.

    Write the day on which it was met under `since`, and delete `planned`; or the status is in-progress.
    """
    for name, answer in project.answers.items():
        if answer.planned and answer.status.met:
            at = source.spot((*place_of(name), "planned"))
            sentence = M_("this is met, and planned as well")
            yield source.problem("met-and-planned", sentence, at, M_("delete planned, or write in-progress"))


@kind("targets-order")
def later_stages_have_later_targets(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """A stage is not passed before the one below it.

    The month of a later stage is the same or a later one.
    """
    for (stage, month), (later, next_month) in pairwise(sorted(project.targets.items())):
        if next_month < month:
            at = source.spot(("targets", str(later)))
            values = {"later": later, "earlier": next_month, "stage": stage, "month": month}
            sentence = M_(
                "stage %(later)s is to be passed by %(earlier)s, before stage %(stage)s in %(month)s", **values
            )
            yield source.problem("targets-order", sentence, at, M_("correct one of the months"))


@kind("target-is-past")
def targets_lie_ahead(project: Project, source: Source, _: Handbook, day: date) -> Iterator[Problem]:
    """A target is not in the past.

    When its month is over, delete the target if the stage has been passed, or write a new month.
    """
    for stage, month in project.targets.items():
        if month < Month.of(day):
            at = source.spot(("targets", str(stage)))
            sentence = M_("%(month)s has passed", month=month)
            yield source.problem("target-is-past", sentence, at, M_("write a new month, or delete the target"))


@kind("long-ago")
def dates_are_of_this_age(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """A date is not before 1990.

    An earlier year is nearly always a typing error.
    """
    for path, text in _dates(project):
        if int(text[:4]) < EARLIEST:
            sentence = M_("%(day)s is before %(year)s", day=text, year=EARLIEST)
            yield source.problem("long-ago", sentence, source.spot(path), M_("check the year"))


def _dates(project: Project) -> Iterator[tuple[Path, str]]:
    """List all dates and months of a status file, as text with the year first, and their places."""
    yield ("assessed",), str(project.assessed)
    yield from ((("targets", str(stage)), str(month)) for stage, month in project.targets.items())
    yield from ((("events", number, "date"), str(event.date)) for number, event in enumerate(project.events))
    for track, stage, whole in project.confirmations:
        if whole.since:
            yield ("confirmed", track, str(stage), "since"), str(whole.since)
    for name, answer in project.answers.items():
        for field in ("since", "reviewed", "planned"):
            if value := getattr(answer, field):
                yield (*place_of(name), field), str(value)
        for number, past in enumerate(answer.earlier):
            yield (*place_of(name), "earlier", number, "since"), str(past.since)


@kind("trailing-space")
def no_trailing_spaces(_: Project, source: Source, __: Handbook, ___: date) -> Iterator[Problem]:
    """A line ends with its last letter.

    Spaces at the end of a line are harmless, but make every later change harder to read.
    """
    if " \n" not in source.text and " \r" not in source.text and not source.text.endswith(" "):
        return  # which is quick to see
    for spot, _found in source.matches(r"(?<=\S)[ ]+(?=\r?$)"):
        yield source.problem("trailing-space", M_("this line ends with spaces"), spot, M_("delete them"))


@kind("curly-quotes")
def quotes_are_straight(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """A text is in straight quotes or in none.

    The curly quotes of a word processor are not read as quotes, so pages show them.
    """
    if not CURLY.search(source.text):
        return
    for path, text in texts(project):
        if CURLY.match(text) and CURLY.search(text[-1]):
            sentence = M_("these quotes are read as part of the text")
            fix = M_('write " instead of each, or leave them out')
            yield source.problem("curly-quotes", sentence, source.spot(path), fix)


@kind("address-with-space")
def addresses_are_whole(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """The address of a document contains no space.

    Otherwise it is shown as plain text, not as a link. Write %20 for a space.
    """
    for path, text in texts(project):
        if path[-1] == "evidence" and re.match(r"https?://\S", text) and re.search(r"\s", text):
            sentence = M_("this is not shown as a link because it contains spaces")
            fix = M_("write %20 for each space in the address; other words belong under note")
            yield source.problem("address-with-space", sentence, source.spot(path), fix)


CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb]")


Rule = Callable[[Project, Source, Handbook, date], Iterator[Problem]]

RULES: list[tuple[Rule, str]] = [
    (gates_have_proof, WARNING),
    (confirmed_stages_have_proof, WARNING),
    (answers_are_asked, WARNING),
    (assessed_is_last, WARNING),
    (plans_lie_ahead, WARNING),
    (something_is_said, WARNING),
    (what_is_met_is_not_planned, WARNING),
    (later_stages_have_later_targets, WARNING),
    (targets_lie_ahead, WARNING),
    (dates_are_of_this_age, WARNING),
    (quotes_are_straight, WARNING),
    (addresses_are_whole, WARNING),
    (no_trailing_spaces, NOTE),
]
