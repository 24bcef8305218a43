"""A comparison as Markdown for people and as JSON for machines."""

import json
import re

from markupsafe import Markup

from macros.changes.comparison import Comparison, ProjectChange
from macros.findings.finding import Finding
from macros.model.handbook import Handbook
from macros.model.statuses import WRITTEN
from macros.views.templating import environment

# All but letters, digits, spaces and the marks of plain prose; a full stop inside a word makes an address,
# and what begins a line could begin a list.
ALIVE = re.compile(r"[^A-Za-z0-9 ,;()'\u00a0-\U0010ffff.-]|^[-.0-9]|\.(?=\S)|(?<=^[0-9])\.|(?<=[Gg][Hh])-")

JOINER = "<!-- -->"  # nothing to the reader; breaks what a forge would take for a name or a number of its own

MAX_CHARACTERS = 60_000  # a forge takes 65,536 in a comment


def as_markdown(comparison: Comparison, handbook: Handbook) -> str:
    """Write what changed, in the field's words.

    Everything from files is written in entities, so that no name or address comes alive.
    """
    text = rendered("compare.md.j2", handbook, c=comparison)
    projects, heading, rules = text.partition(RULES)
    room = MAX_CHARACTERS - len(heading) - len(rules)
    if room < len(projects) and room > MAX_CHARACTERS // 2:  # what changed for everybody is not cut first
        return _cut(projects, room) + heading + rules
    return _cut(text, MAX_CHARACTERS)


RULES = "\n### The rules changed\n"
END = "\n\nThe list goes on; it is cut here because it is too long for a comment.\n"


def _cut(text: str, most: int) -> str:
    """Shorten a text at the end of a line; one that fits stays as it is."""
    if len(text) <= most:
        return text
    cut = text[: most - len(END)]
    whole = cut.rsplit("\n", 1)[0] if "\n" in cut else re.sub(r"&[#\w]*$", "", cut)
    return whole.rstrip() + END


def rendered(template: str, handbook: Handbook, **values: object) -> str:
    """Render a text that a forge shows: what comes from files is defused, and no two lines in a row are empty."""
    templates = environment("macros.changes", finalize=_defuse)
    templates.install_gettext_callables(Markup, lambda one, many, n: Markup(one if n == 1 else many))  # type: ignore[attr-defined]  # noqa: S704
    templates.globals.update(book=handbook, labels={word: status.badge.label for word, status in WRITTEN.items()})
    templates.filters["safe_name"] = _safe_name
    return re.sub(r"\n{3,}", "\n\n", templates.get_template(template).render(values)).strip() + "\n"


def _safe_name(name: str) -> Markup:
    """Write the name of an item as it is, for a command to copy; nothing else passes."""
    return Markup(name if re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", name) else "")  # noqa: S704


def _defuse(value: object) -> object:
    """Write text so that no name, address, reference or markup in it comes alive in a comment."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    words = " ".join(value.split())
    return Markup(ALIVE.sub(_entity, words))  # noqa: S704


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" + JOINER * (match[0] in "@#-")


def as_json(comparison: Comparison) -> str:
    """Write the same for machines: one object, with a version."""
    document = {"version": 1, "nothing": comparison.nothing, "projects": comparison.projects, "rules": comparison.rules}
    return json.dumps(document, indent=1, ensure_ascii=False, default=_plain) + "\n"


def _plain(record: object) -> object:
    """Write a record by its fields, in their order."""
    if isinstance(record, Finding):
        return [record.kind, record.severity, record.subject]
    if isinstance(record, ProjectChange):
        head = {"id": record.id, "title": record.title, "kind": record.kind, "only_wording": record.only_wording}
        return head | vars(record)
    return vars(record)
