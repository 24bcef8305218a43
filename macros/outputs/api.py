"""What a site publishes for others to gather: `api/v1/projects.json`, one document with a summary of every project.

Within version 1 fields are only added, so that whoever reads them today can read them tomorrow.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from macros.engine.needs import Need, needs
from macros.engine.portfolio import Portfolio
from macros.engine.report import ProjectReport
from macros.findings.severity import ACT, ASK, WATCH

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


class ProjectSummary(Published):
    """One project on one route. A project on two routes stands here twice."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="The name of the project on its site.")
    route: str = Field(description="How the product will lawfully reach patients.")
    title: str = Field(description="Plain text: escape it before it is shown.")
    kind: Literal["project", "illustration", "retrospective"] = Field(description="Whether it is a real project.")
    modality: str = Field(description="The kind of product.")
    lead: str = Field(description="The partner that leads.")
    assessed: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day of the last assessment.")
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
    edition: str = Field(description="The edition of the checklists. Levels are comparable within one edition.")
    day: str = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day that findings count from.")
    stages: int = Field(gt=0, description="How many stages there are.")
    sites: list[str] = Field(description="The addresses of the sites that the projects come from.")
    projects: list[ProjectSummary]
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
        counts=_counts(portfolio),
    )


def _counts(portfolio: Portfolio) -> Counts:
    numbers = {need.replace("-", "_"): number for need, number in portfolio.counts.items()}
    return Counts(projects=len(portfolio.current), **numbers)


def _summary(report: ProjectReport, site: str) -> ProjectSummary:
    project, tracks, found = report.project, report.assessment.tracks, needs([report])
    return ProjectSummary(
        id=project.id,
        route=report.assessment.route,
        title=project.title,
        kind=project.kind.value,
        modality=project.modality,
        lead=project.lead,
        assessed=str(project.assessed),
        tracks={
            name: TrackSummary(
                level=standing.level, possible_level=standing.possible_level, working_stage=standing.working_stage
            )
            for name, standing in tracks.items()
        },
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
    """Put published documents together.

    Args:
        texts: Name of each document, for messages, and its text.

    Raises:
        ValueError: one cannot be read, has another edition, or holds a project that another one has as well.
    """
    found: list[Document] = []
    for name, text in texts:
        try:
            found.append(Document.model_validate_json(text))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the text"
            raise ValueError(f"{name} is not a published document of version 1: {place}: {first['msg']}.") from None
        if found[-1].edition != found[0].edition:
            raise ValueError(
                f"{name} has edition {found[-1].edition}, the first one {found[0].edition}: levels differ."
            )
    projects = [project for each in found for project in each.projects]
    pages = Counter((project.page, project.route) for project in projects)
    if twice := [page for (page, _), count in pages.items() if count > 1]:
        raise ValueError(f"{twice[0]} is in two of the documents.")
    if not found:
        raise ValueError("There is nothing to gather.")
    sites = list(dict.fromkeys(site for each in found for site in each.sites))
    day, counts = min(each.day for each in found), _sum([each.counts for each in found])
    return found[0].model_copy(update={"day": day, "sites": sites, "projects": projects, "counts": counts})


def _sum(parts: Iterable[Counts | None]) -> Counts | None:
    """Add counts up; nothing where one of them is not known."""
    known = list(parts)
    if None in known:
        return None
    return Counts(**{name: sum(getattr(part, name) for part in known) for name in Counts.model_fields})
