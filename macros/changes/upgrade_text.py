"""The report on an upgrade, as Markdown for people and as JSON for machines."""

import html
import json
import re

from macros.changes.diff_text import JOINER, markdown_templates
from macros.changes.upgrade import Entry, Upgrade, as_text
from macros.model.editions import Retirement, Revision
from macros.model.handbook import Handbook
from macros.model.overlay import Change
from macros.text.report import printable


def as_markdown(report: Upgrade, handbook: Handbook) -> str:
    """Write the report; everything from files is written so that no markup in it comes alive.

    Args:
        handbook: The one after the upgrade.
    """
    templates = markdown_templates(handbook)
    text = templates.get_template("upgrade.md.j2").render(u=report, ours=ours)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def plain(markdown: str) -> str:
    """Write the report for a terminal: as it reads, and nothing that a terminal would obey."""
    return "".join(f"{printable(html.unescape(line.replace(JOINER, '')))}\n" for line in markdown.splitlines())


def ours(entry: Entry) -> dict[str, str]:
    """Give what a region's entry says: field → text."""
    made = {"because": entry.entry.because or ""}
    if isinstance(entry.entry, Change):
        change = entry.entry
        made |= {name.replace("_", "-"): as_text(getattr(change, name)) for name in change.replaced}
        made |= {"done-when-also": change.done_when_also or "", "note": change.note or ""}
        made |= {"sources": ", ".join(change.sources)}
    return {name: text for name, text in made.items() if text}


def as_json(report: Upgrade) -> str:
    """Write the same for machines: one object, with a version."""
    document = {"version": 1, **vars(report)}
    del document["titles"]
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(record: object) -> object:
    """Write a record by its fields, in their order; of a revision or a retirement, what it says."""
    if isinstance(record, Revision):
        return record.note
    if isinstance(record, Retirement):
        return record.moves
    if isinstance(record, Entry):
        return {
            "what": record.what,
            "item": record.name,
            "why": record.why,
            "shared": record.fields,
            "ours": ours(record),
        }
    return {name: value for name, value in vars(record).items() if name != "title"}
