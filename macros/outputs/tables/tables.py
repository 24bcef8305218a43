"""The list of tables, and the table of items."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from macros.model.handbook import Handbook
from macros.outputs.tables.of_projects import FINDINGS, GAPS, ITEM, history, projects
from macros.outputs.tables.table import Column, Table, Value, flag
from macros.text.messages import N_


def _item_rows(book: Handbook, site: str) -> Iterator[list[Value]]:
    for item in book.items.values():
        lead = item.lead_time
        yield [
            item.name,
            item.title,
            item.track,
            item.area,
            item.stage,
            flag(item.gate),
            flag(item.shared_gate),
            item.owner,
            item.role,
            flag(item.regulatory),
            item.facility,
            *((lead.months, *lead.range, lead.basis) if lead else (None,) * 4),
            item.done_when,
            item.layer,
            f"{site}areas/{item.area}/#{item.anchor}",
        ]


ITEMS = Table(
    "items",
    N_("The items of the checklists, as they are asked on this site."),
    (
        ITEM,
        Column("title", "string", "The statement in a few words.", free=True, wide=44),
        Column("track", "string", "Its track."),
        Column("area", "string", "Its area.", wide=18),
        Column("stage", "integer", "The stage by whose end it is due.", wide=8),
        Column("gate", "boolean", "true: the stage is not passed without it.", wide=8),
        Column("shared_gate", "boolean", "true: it is a gate everywhere, and counts for the level.", wide=8),
        Column("owner", "string", "The partner who answers for it.", wide=16),
        Column("role", "string", "Which of the hospital's roles answers for it.", wide=16),
        Column("regulatory", "boolean", "true: an authority asks for it.", wide=10),
        Column("facility", "string", "A shared place that it needs.", wide=14),
        Column("months", "integer", "Months it usually takes, without what it waits for.", wide=8),
        Column("shortest", "integer", "The shortest it takes, in months.", wide=8),
        Column("longest", "integer", "The longest it takes, in months.", wide=8),
        Column("basis", "string", "What these months rest on: planning assumption, or a source.", free=True, wide=20),
        Column("done_when", "string", "How one knows that it is done.", free=True, wide=80),
        Column("layer", "string", "The layer that added it; empty for the shared checklists."),
        Column("uri", "string", "The address of its guidance.", wide=50),
    ),
    ("item",),
    of_checklists=_item_rows,
)


def tables(book: Handbook) -> tuple[Table, ...]:
    """List the tables; columns for tracks follow those of the handbook."""
    return _tables(tuple(book.frame.tracks))


@cache
def _tables(tracks: tuple[str, ...]) -> tuple[Table, ...]:
    return projects(tracks), FINDINGS, GAPS, history(tracks), ITEMS
