"""Everything that is asked, and by which rules: `api/v1/checklist.json`."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from macros.engine.portfolio import Portfolio
from macros.model.handbook import Handbook
from macros.model.items import SHARED, Area, Item
from macros.outputs.api.frame_records import (
    AreaRecord,
    EventRecord,
    FindingTextRecord,
    ModalityWord,
    MotionRecord,
    RouteWord,
    RuleRecord,
    SourceRecord,
    StageRecord,
    Word,
)
from macros.outputs.api.published import CONTENT, FOLDER, Published, as_json, head, own_licence, schema_text
from macros.outputs.api.records import (
    ChangeRecord,
    ChecklistDocument,
    ItemRecord,
    RetiredRecord,
    WaivedRecord,
    plain,
)
from macros.outputs.api.region import layers

PATH = f"{FOLDER}checklist.json"
SCHEMA = f"{FOLDER}checklist.schema.json"
WORDS: dict[str, type[Word]] = {
    **dict.fromkeys(("tracks", "partners", "roles", "donors", "deliveries", "metrics", "facilities"), Word),
    "modalities": ModalityWord,
    "routes": RouteWord,
}
OF_LAYERS = {"partners", "modalities", "routes", "metrics", "rules", "references", "rules_in_motion"}
"""Groups to which a layer can add; what is in others is shared."""

P = TypeVar("P", bound=Published)


def checklist_files(portfolio: Portfolio, site: str) -> Iterator[tuple[str, bytes]]:
    """Write the document and its schema: path in the site, content."""
    yield PATH, as_json(checklist_document(portfolio, site)).encode()
    yield SCHEMA, schema_text(ChecklistDocument.model_json_schema())


def checklist_document(portfolio: Portfolio, site: str) -> ChecklistDocument:
    """Write out the checklists as they are asked on a site."""
    book = portfolio.handbook
    frame, general = book.frame, book.frame.findings
    texts = {name.replace("_", "-"): getattr(general, name) for name in type(general).model_fields}
    return ChecklistDocument(
        **head(portfolio, site, PATH, own_licence(book) if book.region else CONTENT),
        layers=layers(book),
        editions=[*book.editions],
        stages=[StageRecord(number=number, **plain(stage)) for number, stage in frame.stages.items()],
        **{group: _records(record, book, group, getattr(frame, group)) for group, record in WORDS.items()},
        thresholds={name.replace("_", "-"): number for name, number in frame.thresholds},
        areas=[_area(area) for area in book.areas.values()],
        items=[_item(item, book, site) for item in book.items.values()],
        waived=[
            WaivedRecord(name=name, title=gone.question.title, layer=gone.layer, **plain(gone.waiver))
            for name, gone in book.waived.items()
        ],
        retired=[RetiredRecord(name=name, **plain(gone)) for name, gone in book.retired.items()],
        findings=_records(FindingTextRecord, book, "findings", texts, key="kind"),
        rules=_records(RuleRecord, book, "rules", book.rules, key="kind"),
        events=_records(EventRecord, book, "events", book.events, key="kind"),
        motions=_records(MotionRecord, book, "rules_in_motion", book.motions),
        sources=_records(SourceRecord, book, "references", book.references),
    )


def _records(record: type[P], book: Handbook, group: str, found: Mapping[str, Any], key: str = "name") -> list[P]:
    """Write the records of a group, each with its name and the layer that it comes from."""

    def origin(name: str) -> str:
        return book.origin(group, name) if group in OF_LAYERS else SHARED

    return [record(**plain(each) | {key: name, "layer": origin(name)}) for name, each in found.items()]


def _area(area: Area) -> AreaRecord:
    signed = area.reviewed
    return AreaRecord(
        name=area.name,
        title=area.title,
        intro=area.intro,
        track=area.track,
        layer=area.layer,
        reviewed=str(signed.day) if signed else None,
        reviewed_by=signed.role if signed else None,
    )


def _item(item: Item, book: Handbook, site: str) -> ItemRecord:
    made = [ChangeRecord(**plain(one.change) | {"layer": one.layer, "fields": [*one.fields]}) for one in item.changes]
    search = book.searches.get(item.name)
    computed = {
        "uri": f"{site}areas/{item.area}/#{item.anchor}",
        "unsourced": search.ours if search else None,
        "changes": made,
    }
    return ItemRecord(**{name: plain(getattr(item, name)) for name in _AS_THEY_ARE}, **computed)


_AS_THEY_ARE = tuple(name for name in ItemRecord.model_fields if name not in ("uri", "unsourced", "changes"))
