"""Rules that a project must keep with the checklists: one small generator each, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from macros.checks.answers import template_words_are_replaced
from macros.checks.asked import answered_items_exist
from macros.checks.region import name_is_no_examples, what_is_published_is_as_written
from macros.checks.words import unknown, unknown_words, vocabulary, words
from macros.model.handbook import Handbook
from macros.model.status_file import LONG_FORM, Answer, Project, ProjectKind
from macros.text.dates import Month, PartialDate
from macros.text.messages import M_, Said
from macros.text.problem import Problem, kind, or_list, quoted, write
from macros.text.source import Path, Source

ProjectCheck: TypeAlias = Callable[[Project, Source, Handbook, date], Iterator[Problem]]


def project_words(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """A status file uses the words of the frame."""
    found = words(project, without=("donor", "delivery", "area", "answer"))  # these have rules of their own
    yield from unknown_words(found, source, handbook, vocabulary(handbook))


@kind("donor")
def donor_is_settled(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """A project says whose cells it uses where the modality leaves that open.

    Ex vivo gene-modified cells and tissue-engineered products can come from the patient or
    from another person. For the other modalities the answer is settled and must not differ.
    """
    frame = handbook.frame
    modality = frame.modalities.get(project.modality)
    if modality is None:
        return
    if project.donor and project.donor not in frame.donors:
        yield unknown(source, ("donor",), project.donor, "donor", frame.donors)
    elif modality.donor is None and project.donor in (None, "none"):
        at = source.spot(("donor",) if project.donor else ("modality",), name=not project.donor)
        added = M_('add a line "donor: patient" or "donor: other"')
        fix = M_('write "donor: patient" or "donor: other"') if project.donor else added
        yield source.problem("donor", M_("it is not said whose cells are used"), at, fix)
    elif modality.donor and project.donor not in (None, modality.donor):
        sentence = M_('"%(donor)s" does not go with this modality', donor=project.donor)
        yield source.problem("donor", sentence, source.spot(("donor",)), write(modality.donor))


@kind("delivery")
def delivery_fits(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """How genes are changed fits the kind of product.

    Leave `delivery` out where it is the usual way: a viral vector for a gene therapy, and no change for other cells
    and tissues. Gene editing, messenger RNA or plasmids without a viral vector are `without-vector`.
    """
    frame = handbook.frame
    modality = frame.modalities.get(project.modality)
    if modality is None or project.delivery is None:
        return
    if project.delivery not in frame.deliveries:
        yield unknown(source, ("delivery",), project.delivery, "delivery", frame.deliveries)
    elif modality.delivery and project.delivery not in modality.delivery:
        sentence = M_('"%(delivery)s" does not go with this modality', delivery=project.delivery)
        known = or_list(map(quoted, modality.delivery))
        fix = M_("write %(words)s, or leave the line out", words=known)
        yield source.problem("delivery", sentence, source.spot(("delivery",)), fix)


@kind("reason-missing")
def reasons_are_given(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """An answer of not-applicable says why.

    Without the reason nobody knows whether it was decided or overlooked.
    """
    for name, answer in project.answers.items():
        if not answer.status.asked and not answer.because:
            at = source.spot((*place_of(name), "status"))
            fix = M_("write %(form)s", form=LONG_FORM.format(answer.status))
            yield source.problem("reason-missing", M_('"%(status)s" needs a reason', status=answer.status), at, fix)


@kind("future-date")
def the_past_is_past(project: Project, source: Source, _: Handbook, day: date) -> Iterator[Problem]:
    """What has happened has a date that is not later than today.

    Write what is still to come as `planned`, with status in-progress or not-met.
    """
    for path, moment, fix in _moments(project):
        if (moment.first if isinstance(moment, PartialDate) else moment) > day:
            yield source.problem("future-date", M_("%(day)s is still to come", day=moment), source.spot(path), fix)


def _moments(project: Project) -> Iterator[tuple[Path, date | PartialDate, Said]]:
    """List the days of what has happened, with their places and what to write instead of one that is to come."""
    yield ("assessed",), project.assessed, M_("write the day on which the answers were last looked at")
    for number, event in enumerate(project.events):
        yield ("events", number, "date"), event.date, M_("write the day on which it happened, or delete the event")
        if event.reviewed:
            yield ("events", number, "reviewed"), event.reviewed, REVIEWED
    if project.outcome:
        yield ("outcome", "date"), project.outcome.date, M_("write the day on which it ended, or delete the outcome")
    for track, stage, whole in project.confirmations:
        if whole.since:
            yield ("confirmed", track, str(stage), "since"), whole.since, M_("write the day from which it holds")
    for name, answer in project.answers.items():
        if answer.since:
            yield (*place_of(name), "since"), answer.since, _instead_of_since(answer)
        if answer.reviewed:
            yield (*place_of(name), "reviewed"), answer.reviewed, REVIEWED


def _instead_of_since(answer: Answer) -> Said:
    month = Month.of(answer.since.first) if answer.since else ""
    if answer.planned or not answer.status.started:
        return M_("write the day from which the status holds")
    if answer.status.met:
        return M_("write the day from which it holds, or status: in-progress with planned: %(month)s", month=month)
    return M_('write "planned: %(month)s" instead of since', month=month)


REVIEWED = M_("write the day on which it was looked at, or delete it")


@kind("earlier-order")
def the_past_is_in_order(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """A former status began before the present status did.

    Former statuses are under `earlier`, each with the day from which it held; the present
    one needs `since` then.
    """
    for name, answer in project.answers.items():
        if not answer.earlier:
            continue
        path = place_of(name)
        if answer.since is None:
            at = source.spot((*path, "earlier"), name=True)
            sentence = M_("the present status has no day")
            yield source.problem("earlier-order", sentence, at, M_('add "since: …" before this'))
        days = [past.since for past in answer.earlier] + ([answer.since] if answer.since else [])
        for number, (past, later) in enumerate(pairwise(days)):
            if past.first > later.last:
                at = source.spot((*path, "earlier", number, "since"))
                sentence = M_("%(earlier)s is not before %(later)s", earlier=past, later=later)
                yield source.problem("earlier-order", sentence, at, M_("put the oldest first"))


@kind("reviewed-before")
def events_are_reviewed_afterwards(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """What an event touches is looked at again after the event, not before it.

    `reviewed` is the day on which that was done. Leave it out until then.
    """
    for number, event in enumerate(project.events):
        if event.reviewed and event.reviewed < event.date:
            at = source.spot(("events", number, "reviewed"))
            sentence = M_("%(earlier)s is before %(later)s", earlier=event.reviewed, later=event.date)
            yield source.problem("reviewed-before", sentence, at, M_("correct one of the days"))


@kind("outcome-of-the-past")
def only_the_past_has_an_outcome(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """Only a retrospective has an outcome: how the story of a past project ended.

    A project that is still under way says what has happened to it under `events`.
    """
    if project.outcome and project.kind is not ProjectKind.RETROSPECTIVE:
        at = source.spot(("outcome",), name=True)
        fix = M_('delete it, or write "kind: retrospective" if the file is about the past')
        yield source.problem("outcome-of-the-past", M_("only a retrospective has an outcome"), at, fix)


@kind("outcome-too-early")
def the_end_comes_last(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """The end of a retrospective is not before the days that it looks back at.

    Otherwise a finding would have named the end after it had come.
    """
    last = max((reading.day for reading in project.readings), key=lambda day: day.first, default=None)
    if project.outcome and last and project.outcome.date.last < last.first:
        sentence = M_("%(day)s is before the last reading, %(last)s", day=project.outcome.date, last=last)
        at = source.spot(("outcome", "date"))
        yield source.problem("outcome-too-early", sentence, at, M_("correct one of the days, or delete the reading"))


@kind("cannot-be-owed")
def only_some_evidence_can_be_owed(project: Project, source: Source, handbook: Handbook, _: date) -> Iterator[Problem]:
    """Only what an authority lets a project deliver after a conditional authorisation can be owed.

    Such an item has `can-be-owed: true` in the checklists, and is answered `in-progress` or `not-met` as long as it
    is owed. Any other gate could be put aside this way.
    """
    for name, answer in project.answers.items():
        item = handbook.every_item.get(handbook.renamed.get(name, name))
        if not answer.owed or item is None:
            continue
        at = source.spot((*place_of(name), "owed"), name=True)
        if not item.can_be_owed:
            sentence = M_('"%(item)s" cannot be owed', item=item.anchor)
            yield source.problem("cannot-be-owed", sentence, at, M_("delete owed"))
        elif answer.status.met or not answer.status.asked:
            sentence = M_('what is "%(status)s" is not owed', status=answer.status)
            yield source.problem("cannot-be-owed", sentence, at, M_("delete owed, or write in-progress"))


def place_of(item: str) -> tuple[str, str, str]:
    """Tell where in a status file the answer to an item stands, by its full name."""
    area, _, word = item.partition("/")
    return "status", area, word


PROJECT_CHECKS: list[ProjectCheck] = [
    project_words,
    donor_is_settled,
    delivery_fits,
    answered_items_exist,
    reasons_are_given,
    name_is_no_examples,
    what_is_published_is_as_written,
    the_past_is_past,
    the_past_is_in_order,
    template_words_are_replaced,
    events_are_reviewed_afterwards,
    only_the_past_has_an_outcome,
    the_end_comes_last,
    only_some_evidence_can_be_owed,
]


@kind("former-name")
def former_names(project: Project, source: Source, taken: dict[str, str]) -> Iterator[Problem]:
    """A former name of a project is the name of no other file, and the former name of no other project.

    Addresses under it lead to this project, so it can belong to one project only.

    Args:
        taken: Name → the file that has it, or had it; former names are added.
    """
    for place, name in enumerate(project.formerly):
        at = source.spot(("formerly", place))
        if name in taken:
            sentence = M_('"%(name)s" is or was the name of %(file)s', name=name, file=taken[name])
            fix = M_("delete it in one of the two files")
            if taken[name] == source.file:
                sentence, fix = M_('"%(name)s" is or was the name of this file itself', name=name), M_("delete it")
            yield source.problem("former-name", sentence, at, fix)
        taken.setdefault(name, source.file)
