"""Everything that is published of a project, one file each: `api/v1/projects/<id>.json`."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.status_file import Answer, Project
from macros.outputs.api.projects import data_path
from macros.outputs.api.published import DAY, EDITION, FOLDER, MONTH, Head, Published, head, licence_of, schema_text
from macros.outputs.api.report import REPORTS, RouteReport, route_report

SCHEMA = f"{FOLDER}project.schema.json"
MOMENT = r"^\d{4}(-\d\d){0,2}$"

Word = Literal["met", "in-progress", "not-met", "not-applicable"]


class EarlierRecord(Published):
    """How an item stood before."""

    status: Word = Field(description="The status at that time.")
    since: str = Field(pattern=MOMENT, description="The day, month or year from which that status held.")


class AnswerRecord(Published):
    """The project's own answer to one item. What it does not say is left out."""

    item: str = Field(description="The item, `area/item`.")
    status: Word = Field(description="What the team has answered.")
    since: str | None = Field(None, pattern=MOMENT, description="The day, month or year from which it holds.")
    evidence: str | None = Field(None, description="Document number or link that shows it.")
    reviewed: str | None = Field(None, pattern=MOMENT, description="When the evidence was last looked at.")
    planned: str | None = Field(None, pattern=MONTH, description="The month in which it will be met.")
    because: str | None = Field(None, description="Why it does not apply.")
    note: str | None = Field(None, description="What else one should know.")
    owed: bool = Field(False, description="true: owed after a conditional authorisation.")
    earlier: list[EarlierRecord] = Field([], description="Former statuses, the first one first.")


class AcknowledgedRecord(Published):
    """A finding that the team knows and lives with."""

    kind: str = Field(description="The kind of finding.")
    because: str = Field(description="Why the team lives with it.")
    until: str = Field(pattern=MONTH, description="The month in which it comes up again.")


class HappenedRecord(Published):
    """Something that happened to the project."""

    date: str = Field(pattern=DAY, description="The day on which it happened.")
    kind: str = Field(description="The kind of event.")
    text: str = Field(description="What has happened.")
    reviewed: str | None = Field(pattern=DAY, description="When what it touches was looked at again; null: not yet.")


class ProjectDocument(Head):
    """One project: what its team has answered, and what follows from it on each of its routes."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="The name of the project on its site.")
    page: str = Field(description="The address of the project's page.")
    title: str = Field(description="Plain text: escape it before it is shown.")
    summary: str = Field(description="One sentence. Plain text: escape it before it is shown.")
    kind: Literal["project", "illustration", "retrospective"] = Field(description="Whether it is a real project.")
    modality: str = Field(description="The kind of product.")
    donor: str | None = Field(description="Who gives the cells; null where the kind of product settles it.")
    delivery: str | None = Field(description="How genes are changed; null: in the usual way of the kind of product.")
    lead: str = Field(description="The partner that leads.")
    hospital: str | None = Field(description="The hospital, where the region lists several.")
    contact: str | None = Field(description="A role, not a person.")
    assessed: str = Field(pattern=DAY, description="The day of the last assessment.")
    checklist: str = Field(pattern=EDITION, description="The edition that it answered.")
    formerly: list[str] = Field(description="Names that the project had before.")
    targets: dict[str, str] = Field(description="Stage → the month by which the team wants to pass it.")
    metrics: dict[str, float] = Field(description="Figures that the team has entered.")
    acknowledged: list[AcknowledgedRecord] = Field(description="Findings that the team knows and lives with.")
    events: list[HappenedRecord] = Field(description="What has happened to the project.")
    answers: list[AnswerRecord] = Field(description="The team's own answers.")
    reports: list[RouteReport] = Field(
        description="What follows from them: a report for each route, as `python -m macros report` prints it. What is "
        "null is left out.",
    )


def project_files(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write a document for each project, and their schema: path in the site, content."""
    yield SCHEMA, schema_text(ProjectDocument.model_json_schema())
    for project in portfolio.shown:
        yield data_path(project.id), _as_json(portfolio, project, site)


def _as_json(portfolio: Portfolio, project: Project, site: str) -> bytes:
    """Write a document. Nulls are left out of its longest parts, which would be a third larger."""
    told = project_document(portfolio, project, site).model_dump_json(exclude={"answers", "reports"})
    answers = json.dumps([*_answers(portfolio.handbook, project)], ensure_ascii=False, separators=(",", ":"))
    reports = REPORTS.dump_json([route_report(report) for report in portfolio.reports(project.id)], exclude_none=True)
    return f'{told[:-1]},"answers":{answers},"reports":'.encode() + reports + b"}\n"


def project_document(portfolio: Portfolio, project: Project, site: str) -> ProjectDocument:
    """Put together what is published of a project, without the answers and the reports."""
    book = portfolio.handbook
    return ProjectDocument(
        **head(portfolio, site, data_path(project.id), licence_of(book, project)),
        **{name: getattr(project, name) for name in _AS_THEY_ARE},
        page=f"{site}projects/{project.id}/",
        kind=project.kind.value,
        assessed=str(project.assessed),
        formerly=[*project.formerly],
        targets={str(stage): str(month) for stage, month in sorted(project.targets.items())},
        metrics=dict(project.metrics),
        acknowledged=[
            AcknowledgedRecord(kind=kind, because=known.because, until=str(known.until))
            for kind, known in project.acknowledged.items()
        ],
        events=[
            HappenedRecord(date=str(event.date), kind=event.kind, text=event.text, reviewed=_text(event.reviewed))
            for event in project.events
        ],
        answers=[],
        reports=[],
    )


_AS_THEY_ARE = ("id", "title", "summary", "modality", "donor", "delivery", "lead", "hospital", "contact", "checklist")


def _answers(book: Handbook, project: Project) -> Iterator[dict[str, Any]]:
    """Write the answers in the order of the checklists; what is no longer asked comes last.

    There are many, so that they are not made into records first.
    """
    given = book.answers_of(project)
    for name in [*(name for name in book.items if name in given), *(name for name in given if name not in book.items)]:
        yield {"item": name, "status": given[name].status.value} | dict(_said(given[name]))


def _said(answer: Answer) -> Iterator[tuple[str, Any]]:
    """Name what an answer says besides its status."""
    for name in ("since", "reviewed"):
        if moment := getattr(answer, name):
            yield name, moment.text
    for name in ("evidence", "planned", "because", "note"):
        if text := getattr(answer, name):
            yield name, str(text)
    if answer.owed:
        yield "owed", True
    if answer.earlier:
        yield "earlier", [{"status": past.status.value, "since": past.since.text} for past in answer.earlier]


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)
