"""The report on an upgrade, as Markdown for people and as JSON for machines."""

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from pydantic import BaseModel

from macros.changes.altered import KINDS, OF_A_LAYER, Altered
from macros.changes.comparison import Effect
from macros.changes.entries import Entry
from macros.changes.rendering import JOINER, rendered
from macros.changes.upgrade import Upgrade
from macros.load.layers import OVERLAY
from macros.model.checklist import AppliesTo
from macros.model.editions import Retirement, Revision
from macros.model.handbook import Handbook
from macros.model.lead_time import Duration, LeadTime
from macros.model.overlay import Change
from macros.text.messages import ENGLISH, N_, NN_, Language
from macros.text.problem import Problem, in_language
from macros.text.report import printable


def as_markdown(report: Upgrade, handbook: Handbook) -> str:
    """Write the report; everything from files is written so that no markup in it comes alive.

    Args:
        handbook: The one after the upgrade.
    """
    kinds, text = {**KINDS, **OF_A_LAYER}, partial(as_text, language=handbook.language)
    more = {"ours": partial(ours, language=handbook.language), "only_others": only_others, "overlay": OVERLAY}
    left = tuple(in_language(problem, handbook.language) for problem in report.left)
    return rendered("upgrade.md.j2", handbook, u=replace(report, left=left), kinds=kinds, text=text, **more)


def only_others(effect: Effect) -> list[Effect]:
    """Leave the levels out of an effect, as the report has them in a line of their own."""
    return [replace(effect, levels={})]


def plain(markdown: str) -> str:
    """Write the report for a terminal: as it reads, and nothing that a terminal would obey."""
    return "".join(f"{printable(html.unescape(line.replace(JOINER, '')))}\n" for line in markdown.splitlines())


def ours(entry: Entry, language: Language = ENGLISH) -> dict[str, str]:
    """Give what a region's entry says: field → text."""
    texts = {"because": entry.entry.because or ""}
    if isinstance(entry.entry, Change):
        change = entry.entry
        texts |= {name.replace("_", "-"): as_text(getattr(change, name), language) for name in change.replaced}
        texts |= {"requires-also": ", ".join(change.requires_also)}
        texts |= {"done-when-also": change.done_when_also or "", "note": change.note or ""}
        texts |= {"sources": ", ".join(change.sources)}
    return {name: text for name, text in texts.items() if text}


# --- values of fields, for people to compare ---

NOTHING, ALL, OR, YES, NO = N_("nothing"), N_("all"), N_("or"), N_("yes"), N_("no")
PLANNING_ASSUMPTION = N_("planning assumption")
LEAD_TIME = NN_("%(num)s month (%(least)s to %(most)s), %(basis)s", "%(num)s months (%(least)s to %(most)s), %(basis)s")


def as_text(value: object, language: Language = ENGLISH) -> str:
    """Write the value of a field."""
    say = language.gettext
    if value is None or value == () or value == {}:
        return say(NOTHING)
    if isinstance(value, tuple):
        parts = (f"({as_text(part, language)})" if isinstance(part, BaseModel) else str(part) for part in value)
        return ", ".join(parts)
    if isinstance(value, Duration):
        return "; ".join(_lead_time(value, language))
    if isinstance(value, AppliesTo):
        words = (value.modalities, [value.route or ""], value.donor, value.delivery)
        return "; ".join(filter(None, map(f" {say(OR)} ".join, words))) or say(ALL)
    if isinstance(value, BaseModel | Mapping):
        said = {name: it for name, it in dict(value).items() if it not in (None, (), {}, False)}
        parts = (f"{str(name).replace('_', '-')}: {as_text(it, language)}" for name, it in said.items())
        return "; ".join(parts) or say(NOTHING)
    return {"True": say(YES), "False": say(NO)}.get(str(value), str(value))


def _lead_time(value: Duration, language: Language) -> Iterator[str]:
    least, most = value.range
    basis = language.gettext(value.basis) if value.basis == PLANNING_ASSUMPTION else value.basis
    values = {"num": value.months, "least": least, "most": most, "basis": basis}
    yield language.ngettext(*LEAD_TIME, value.months) % values
    if value.note:
        yield value.note
    for name, duration in (value.by_modality if isinstance(value, LeadTime) else {}).items():
        yield f"{name}: {as_text(duration, language)}"


# --- for machines ---


def as_json(report: Upgrade) -> str:
    """Write the same for machines: one object, with a version."""
    document = {"version": 1, **vars(report)}
    document["settings"] = {name: _texts(fields) for name, fields in report.settings.items()}
    del document["titles"], document["findings"]
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(record: object) -> object:
    """Write a record by its fields, in their order; of a revision or a retirement, what it says."""
    if isinstance(record, Revision):
        return record.note
    if isinstance(record, Retirement):
        return record.moves
    if isinstance(record, Entry):
        head = {"what": record.what, "item": record.name, "why": record.why}
        return head | {"shared": _texts(record.fields), "ours": ours(record)}
    if isinstance(record, Altered):
        record = replace(record, fields=_texts(record.fields))
    if isinstance(record, Problem):
        return {name: getattr(record, name) for name in ("file", "line", "kind", "severity", "sentence", "fix")}
    return {name: value for name, value in vars(record).items() if name != "title"}


def _texts(fields: Mapping[str, tuple[object, object]]) -> dict[str, tuple[str, str]]:
    return {name: (as_text(was), as_text(now)) for name, (was, now) in fields.items()}
