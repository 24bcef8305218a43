"""The report on an upgrade, as Markdown for people and as JSON for machines."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from macros.changes.diff_text import JOINER, markdown_templates
from macros.changes.upgrade import Entry, Upgrade, as_text
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
    document: dict[str, Any] = {
        "version": 1,
        "old": report.old,
        "new": report.new,
        "added": list(report.added),
        "reworded": {name: [r.note for r in found] for name, found in report.reworded.items()},
        "meaning": {name: [r.note for r in found] for name, found in report.meaning.items()},
        "retired": {name: gone.moves for name, gone in report.retired.items()},
        "settings": {name: dict(fields) for name, fields in report.settings.items()},
        "silent": list(report.silent),
        "lost": list(report.lost),
        "reused": list(report.reused),
        "moved": list(report.moved),
        "entries": [
            {"what": e.what, "item": e.name, "why": e.why, "shared": dict(e.fields), "ours": ours(e)}
            for e in report.entries
        ],
        "projects": [
            {
                "id": p.id,
                "route": p.route,
                "levels": {track: list(levels) for track, levels in p.levels.items()},
                "again": list(p.again),
                "new": list(p.new),
                "kept": {name: gone.moves for name, gone in p.kept.items()},
            }
            for p in report.projects
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
