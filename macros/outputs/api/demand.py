"""Demand on shared facilities by quarter: `api/v1/demand.json`."""

from collections.abc import Iterator

from pydantic import Field

from macros.engine.facilities import demand
from macros.engine.portfolio import Portfolio
from macros.outputs.api.published import FOLDER, Head, Published, as_json, head, licence_of_all, schema_text

PATH = f"{FOLDER}demand.json"
SCHEMA = f"{FOLDER}demand.schema.json"


class UseRecord(Published):
    """An open item of a project that needs a facility."""

    project: str = Field(description="The name of the project.")
    item: str = Field(description="The item, `area/item`.")


class QuarterRecord(Published):
    """The demand on a facility in one quarter."""

    quarter: str = Field(description="Such as `2028 Q1`, or `no date`.")
    projects: int = Field(ge=0, description="How many projects need the facility then.")
    uses: list[UseRecord] = Field(description="What needs it.")


class FacilityDemand(Published):
    """The demand on one facility."""

    facility: str = Field(description="Its name.")
    title: str = Field(description="What it is called.")
    quarters: list[QuarterRecord] = Field(description="The quarters in which somebody needs it, the first one first.")


class DemandDocument(Head):
    """Which projects need the same facility in the same quarter, with typical lead times. Histories are left out."""

    facilities: list[FacilityDemand] = Field(description="The facilities that somebody needs.")


def demand_files(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the document and its schema: path in the site, content."""
    yield PATH, as_json(demand_document(portfolio, site)).encode()
    yield SCHEMA, schema_text(DemandDocument.model_json_schema())


def demand_document(portfolio: Portfolio, site: str) -> DemandDocument:
    """Count who needs what, and when."""
    titles = portfolio.handbook.frame.facilities
    found = demand(portfolio.all_reports(), portfolio.handbook)
    return DemandDocument(
        **head(portfolio, site, PATH, licence_of_all(portfolio)),
        facilities=[
            FacilityDemand(
                facility=name,
                title=titles[name].title,
                quarters=[
                    QuarterRecord(
                        quarter=quarter,
                        projects=len({project.id for project, _ in users}),
                        uses=[UseRecord(project=project.id, item=item) for project, item in users],
                    )
                    for quarter, users in quarters.items()
                ],
            )
            for name, quarters in found.items()
        ],
    )
