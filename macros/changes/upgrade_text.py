"""The report on an upgrade, as Markdown for people and as JSON for machines."""

import html
import json
from dataclasses import replace

from macros.changes.altered import KINDS, OF_A_LAYER, as_text
from macros.changes.comparison import Effect
from macros.changes.diff_text import JOINER, rendered
from macros.changes.entries import Entry
from macros.changes.upgrade import Upgrade
from macros.load.layers import OVERLAY
from macros.model.editions import Retirement, Revision
from macros.model.handbook import Handbook
from macros.model.overlay import Change
from macros.text.problem import Problem
from macros.text.report import printable


def as_markdown(report: Upgrade, handbook: Handbook) -> str:
    """Write the report; everything from files is written so that no markup in it comes alive.

    Args:
        handbook: The one after the upgrade.
    """
    kinds = {**KINDS, **OF_A_LAYER}
    return rendered(
        "upgrade.md.j2", handbook, u=report, ours=ours, kinds=kinds, only_others=only_others, overlay=OVERLAY
    )


def only_others(effect: Effect) -> list[Effect]:
    """Leave the levels out of an effect, as the report has them in a line of their own."""
    return [replace(effect, levels={})]


def plain(markdown: str) -> str:
    """Write the report for a terminal: as it reads, and nothing that a terminal would obey."""
    return "".join(f"{printable(html.unescape(line.replace(JOINER, '')))}\n" for line in markdown.splitlines())


def ours(entry: Entry) -> dict[str, str]:
    """Give what a region's entry says: field → text."""
    texts = {"because": entry.entry.because or ""}
    if isinstance(entry.entry, Change):
        change = entry.entry
        texts |= {name.replace("_", "-"): as_text(getattr(change, name)) for name in change.replaced}
        texts |= {"requires-also": ", ".join(change.requires_also)}
        texts |= {"done-when-also": change.done_when_also or "", "note": change.note or ""}
        texts |= {"sources": ", ".join(change.sources)}
    return {name: text for name, text in texts.items() if text}


def as_json(report: Upgrade) -> str:
    """Write the same for machines: one object, with a version."""
    document = {"version": 1, **vars(report)}
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
        return head | {"shared": record.fields, "ours": ours(record)}
    if isinstance(record, Problem):
        return {name: getattr(record, name) for name in ("file", "line", "kind", "severity", "sentence", "fix")}
    return {name: value for name, value in vars(record).items() if name != "title"}
