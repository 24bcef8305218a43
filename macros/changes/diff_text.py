"""A comparison as Markdown for a forge, as text for a terminal, and as JSON for programs."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pydantic import TypeAdapter

from macros.changes.comparison import Comparison, ProjectChange, RuleChange
from macros.model.handbook import Handbook
from macros.model.statuses import WRITTEN
from macros.views.templating import environment

# All but letters, digits, spaces and the marks of plain prose; a full stop inside a word makes an address,
# and what begins a line could begin a list.
ALIVE = re.compile(r"[^A-Za-z0-9 ,;()'\u00a0-\U0010ffff.-]|^[-.0-9]|\.(?=\S)|(?<=^[0-9])\.|(?<=[Gg][Hh])-")

JOINER = "<!-- -->"  # nothing to the reader; breaks what a forge would take for a name or a number of its own

MAX_CHARACTERS = 60_000  # a forge takes 65,536 in a comment

MARKDOWN = {"strong": Markup("**"), "emphasis": Markup("*"), "h3": Markup("### "), "h4": Markup("#### ")}
PLAIN = {"strong": "", "emphasis": "", "h3": Markup("== "), "h4": Markup("-- ")}


def as_markdown(comparison: Comparison, handbook: Handbook) -> str:
    """Write what changed, in the field's words, in at most `MAX_CHARACTERS`.

    Everything from files is written in entities, so that no name or address comes alive. What does not fit is left out
    as whole projects, and counted.
    """
    templates = _templates(handbook, _defuse, MARKDOWN)
    rules = _rules(comparison, templates)
    # What changed for everybody comes first where not all fits.
    head = _fitting([next(rules, "")], MAX_CHARACTERS // 2, "")
    room = MAX_CHARACTERS - len(head) - 2 * len(LEFT_OUT) - 20
    projects = _fitting(_projects(comparison, templates), room, LEFT_OUT)
    moved = _fitting(rules, room - len(projects), LEFT_OUT)
    return _tidy("\n\n".join([projects, head, moved]))


def as_text(comparison: Comparison, handbook: Handbook) -> str:
    """Write the same whole and plain, for a terminal; what could move a terminal's cursor is left out."""
    templates = _templates(handbook, _printable, PLAIN)
    return _tidy("\n\n".join([*_projects(comparison, templates), *_rules(comparison, templates)]))


TOO_LONG = "\n\nThe rest of this part is too long for a comment."
LEFT_OUT = "\n\nAnd {n} more, which are too long for a comment: `python -m macros compare` prints them all.\n\n"


def _projects(comparison: Comparison, templates: Environment) -> Iterator[str]:
    template = templates.get_template("compare_project.md.j2")
    if comparison.nothing:
        yield "No change in meaning."
    for change in comparison.projects:
        yield template.render(change=change, titles=comparison.titles)


def _rules(comparison: Comparison, templates: Environment) -> Iterator[str]:
    """Render what changed for everybody, then each project that it moves."""
    if comparison.rules:
        yield templates.get_template("compare_rules.md.j2").render(rules=comparison.rules)
        template = templates.get_template("compare_moved.md.j2")
        for name, effects in comparison.rules.moved.items():
            yield template.render(name=name, effects=effects, titles=comparison.titles)


def _fitting(parts: Iterator[str] | list[str], room: int, left_out: str) -> str:
    """Join the parts that fit, each whole, and say how many do not; one that is too long alone ends at a line."""
    kept: list[str] = []
    every, used = list(parts), 0
    for part in every:
        if used + len(part) > room:
            break
        kept.append(part)
        used += len(part) + 2
    rest = len(every) - len(kept)
    if not kept and every and room > 0:
        kept, rest = [every[0][:room].rsplit("\n", 1)[0] + TOO_LONG], rest - 1
    return "\n\n".join(kept) + (left_out.replace("{n}", str(rest)) if rest else "")


def _tidy(text: str) -> str:
    """Leave no two empty lines in a row, none within a list, and one line break at the end."""
    closed = re.sub(r"(?m)^(- .*)\n\n+(?=- )", r"\1\n", re.sub(r"\n{3,}", "\n\n", text))
    return closed.strip() + "\n"


def _templates(handbook: Handbook, finalize: Callable[[object], object], marks: dict[str, Any]) -> Environment:
    templates = environment("macros.changes", finalize=finalize)
    templates.install_gettext_callables(Markup, lambda one, many, n: Markup(one if n == 1 else many))  # type: ignore[attr-defined]  # noqa: S704
    templates.globals.update(book=handbook, labels={word: status.badge.label for word, status in WRITTEN.items()})
    templates.globals.update(marks)
    templates.filters["safe_name"] = _safe_name
    if finalize is _printable:
        templates.autoescape = False
    return templates


def rendered(template: str, handbook: Handbook, **values: object) -> str:
    """Render a text that a forge shows: what comes from files is defused, and no two lines in a row are empty."""
    return _tidy(_templates(handbook, _defuse, MARKDOWN).get_template(template).render(values))


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


def _printable(value: object) -> object:
    """Write text on one line without characters that steer a terminal or hide themselves."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(letter for letter in " ".join(value.split()) if letter.isprintable())


CHANGES, RULES = TypeAdapter(tuple[ProjectChange, ...]), TypeAdapter(RuleChange)


def as_json(comparison: Comparison) -> str:
    """Write the same for programs: one object, with a version; `schema` describes it."""
    changes = CHANGES.dump_python(comparison.projects)
    for change, written in zip(comparison.projects, changes, strict=True):
        written["only_wording"] = change.only_wording
    document = {"version": 2, "nothing": comparison.nothing, "projects": changes}
    return json.dumps(document | {"rules": RULES.dump_python(comparison.rules)}, indent=1, ensure_ascii=False) + "\n"


def schema() -> str:
    """Write the JSON schema of `as_json`."""
    record = {"type": "object", "additionalProperties": False}
    projects, rules = CHANGES.json_schema(), RULES.json_schema()
    names = {**projects.pop("$defs"), **rules.pop("$defs")}
    names["ProjectChange"]["properties"]["only_wording"] = {"type": "boolean"}
    properties = {"version": {"const": 2}, "nothing": {"type": "boolean"}, "projects": projects, "rules": rules}
    title = "What changed between two states of a handbook"
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    whole = {**head, **record, "properties": properties, "required": [*properties], "$defs": names}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
