"""What a site publishes for others to gather: `api/v1/projects.json`, one document with a summary of every project.

Within version 1 fields are only added, so that whoever reads them today can read them tomorrow.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from macros.assessment.assess import Standing
from macros.engine.needs import Need, needs
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.severity import ACT, ASK, WATCH
from macros.model.editions import order

PATH = "api/v1/projects.json"
SCHEMA = "api/v1/projects.schema.json"


class Published(BaseModel):
    """A part of the document; fields of a later version are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class TrackSummary(Published):
    """How one track stands."""

    level: int = Field(ge=0, description="The highest stage whose gates, and all below, are met: it is confirmed.")
    possible_level: int | None = Field(
        None, ge=0, description="The highest stage without a gate answered as open; null where an older site says none."
    )
    working_stage: int = Field(ge=0, description="The highest stage on which work has begun.")
    own_level: int | None = Field(None, ge=0, description="The level with the region's own gates; null: none is said.")
    renewed_level: int | None = Field(
        None, ge=0, description="The level under the edition of the site, as long as its new questions have no answer."
    )


class ProjectSummary(Published):
    """One project on one route. A project on two routes stands here twice."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="The name of the project on its site.")
    route: str = Field(description="How the product will lawfully reach patients.")
    title: str = Field(description="Plain text: escape it before it is shown.")
    kind: Literal["project", "illustration", "retrospective"] = Field(description="Whether it is a real project.")
    modality: str = Field(description="The kind of product.")
    lead: str = Field(description="The partner that leads.")
    assessed: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day of the last assessment.")
    checklist: str | None = Field(
        None,
        description="The edition that it answered. Only levels under the same one are comparable. Null: not said.",
    )
    edition: str | None = Field(None, description="The edition of the checklists of the project's site.")
    comparable: bool = Field(
        True, description="false: the product or the route is the region's own, and so are the project's levels."
    )
    region: str | None = Field(None, description="The region of the site; null where it has none.")
    inherited: list[str] | None = Field(
        None, description="Items that the region meets for the project; null where an older site does not say it."
    )
    waived_gates: list[str] | None = Field(
        None, description="Shared gates that are not used there, and hold no level; null where an older site says none."
    )
    tracks: dict[str, TrackSummary] = Field(description="Track → its state.")
    targets: dict[str, str] = Field(description="Stage → the month by which the team wants to pass it.")
    act: int = Field(ge=0, description="Findings to act on that nobody has acknowledged.")
    watch: int = Field(ge=0, description="Findings to watch that nobody has acknowledged.")
    ask: int = Field(0, ge=0, description="Questions that would matter if the answer were that something is open.")
    acknowledged: int = Field(0, ge=0, description="Findings that the team has acknowledged, with a reason.")
    apart: int | None = Field(
        None, ge=0, description="Levels between the highest and the lowest track; null where an older site says none."
    )
    late: bool = Field(False, description="Whether a target is missed, with typical lead times.")
    out_of_date: bool = Field(False, description="Whether the last assessment is too old.")
    page: str = Field(description="The address of the project's page.")


class Counts(Published):
    """How many projects need what, without retrospectives; a project on two routes is counted once."""

    projects: int = Field(ge=0, description="Projects in all.")
    act: int = Field(ge=0, description="With a finding to act on that nobody has acknowledged.")
    late: int = Field(ge=0, description="With a target that is missed, with typical lead times.")
    apart: int = Field(ge=0, description="With levels as far apart as is to be acted on, acknowledged or not.")
    out_of_date: int = Field(ge=0, description="With an assessment that is too old.")


class Document(Published):
    """Summaries of the projects of one site, or of several that were gathered."""

    version: Literal[1] = Field(description="Fields are only added within a version.")
    edition: str = Field(
        pattern=r"^v\d{4}\.\d{1,3}$",
        description="The edition of the checklists, of several sites the newest. Levels are comparable among projects "
        "that answered the same edition, `checklist`.",
    )
    day: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day that findings count from.")
    stages: int = Field(gt=0, description="How many stages there are.")
    sites: list[str] = Field(description="The addresses of the sites that the projects come from.")
    projects: list[ProjectSummary]
    left_out: list[str] = Field([], description="Gathered documents that are not in it, each with the reason.")
    counts: Counts | None = Field(None, description="How many projects need what; null where an older site says none.")


def document(portfolio: Portfolio, site: str) -> Document:
    """Sum up the projects that the site shows."""
    return Document(
        version=1,
        edition=portfolio.handbook.frame.edition,
        day=str(portfolio.day),
        stages=len(portfolio.handbook.frame.stages),
        sites=[site],
        projects=[_summary(report, site) for project in portfolio.shown for report in portfolio.reports(project.id)],
        left_out=[],
        counts=_counts(portfolio),
    )


def _counts(portfolio: Portfolio) -> Counts:
    numbers = {need.replace("-", "_"): number for need, number in portfolio.counts.items()}
    return Counts(projects=len(portfolio.current), **numbers)


def _summary(report: ProjectReport, site: str) -> ProjectSummary:
    project, book, assessed, found = report.project, report.handbook, report.assessment, needs([report])
    return ProjectSummary(
        id=project.id,
        route=assessed.route,
        title=project.title,
        kind=project.kind.value,
        modality=project.modality,
        lead=project.lead,
        assessed=str(project.assessed),
        checklist=project.checklist,
        comparable=book.comparable(project, assessed.route),
        edition=book.frame.edition,
        region=book.region.name if book.region else None,
        inherited=[name for name, state in assessed.states.items() if state.inherited],
        waived_gates=[*book.waived_gates(project, assessed.route)],
        tracks={name: _track(standing) for name, standing in assessed.tracks.items()},
        targets={str(stage): str(month) for stage, month in sorted(project.targets.items())},
        act=report.count(ACT),
        watch=report.count(WATCH),
        ask=report.count(ASK),
        acknowledged=sum(finding.acknowledged is not None for finding in report.findings),
        apart=report.assessment.spread,
        late=Need.LATE in found,
        out_of_date=Need.OUT_OF_DATE in found,
        page=f"{site}projects/{project.id}/",
    )


def _track(standing: Standing) -> TrackSummary:
    return TrackSummary(
        level=standing.level,
        possible_level=standing.possible_level,
        working_stage=standing.working_stage,
        own_level=standing.own_level,
        renewed_level=standing.renewed_level,
    )


def published(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the document and its schema: path in the site, content."""
    yield PATH, as_json(document(portfolio, site)).encode()
    yield SCHEMA, schema_text(Document.model_json_schema())


def schema_text(schema: Mapping[str, object]) -> bytes:
    """Write the schema of something that is published."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return (json.dumps({**head, **schema}, ensure_ascii=False, indent=1) + "\n").encode()


def as_json(found: Document) -> str:
    """Write a document, the same for the same projects."""
    return json.dumps(found.model_dump(), ensure_ascii=False, separators=(",", ":")) + "\n"


def gather(texts: Iterable[tuple[str, str]]) -> Document:
    """Put published documents together, whatever editions their projects answered.

    A document that does not fit is left out, and `left_out` says why.

    Args:
        texts: Name of each document, for messages, and its text.

    Raises:
        ValueError: with the reasons, where no document is left.
    """
    found: list[Document] = []
    left_out: list[str] = []
    for name, text in texts:
        try:
            found.append(_fitting(text, found))
        except ValueError as reason:
            left_out.append(f"{name} is left out: {reason}")
    if not found:
        raise ValueError(" ".join(left_out) or "There is nothing to gather.")
    return found[0].model_copy(
        update={
            "edition": max((each.edition for each in found), key=order),
            "day": min(each.day for each in found),
            "sites": list(dict.fromkeys(site for each in found for site in each.sites)),
            "projects": [
                project.model_copy(update={"edition": project.edition or each.edition})
                for each in found
                for project in each.projects
            ],
            "left_out": [*(reason for each in found for reason in each.left_out), *left_out],
            "counts": _sum([each.counts for each in found]),
        }
    )


def _fitting(text: str, others: Iterable[Document]) -> Document:
    """Read a document that can be put together with others.

    Raises:
        ValueError: why it cannot.
    """
    if not text.strip():
        raise ValueError("it cannot be read, or there is nothing in it.")
    try:
        read = Document.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the text"
        raise ValueError(f"it is not a published document of version 1: {place}: {first['msg']}.") from None
    pages = [(project.page, project.route) for other in others for project in other.projects]
    pages += [(project.page, project.route) for project in read.projects]
    if twice := [page for (page, _), count in Counter(pages).items() if count > 1]:
        raise ValueError(f"{twice[0]} is in two of the documents.")
    if different := [other.stages for other in others if other.stages != read.stages]:
        raise ValueError(f"it has {read.stages} stages and the others have {different[0]}, so levels differ.")
    return read


def _sum(parts: Iterable[Counts | None]) -> Counts | None:
    """Add counts up; nothing where one of them is not known."""
    known = list(parts)
    if None in known:
        return None
    return Counts(**{name: sum(getattr(part, name) for part in known) for name in Counts.model_fields})
