"""A comparison as Markdown for a forge, as text for a terminal, and as JSON for programs."""

import json
from collections.abc import Iterator

from jinja2 import Environment
from markupsafe import Markup
from pydantic import TypeAdapter

from macros.changes.comparison import Comparison, ProjectChange, RuleChange
from macros.changes.rendering import MARKDOWN, PLAIN, Words, templates, tidy
from macros.model.handbook import Handbook
from macros.text.messages import N_

MAX_CHARACTERS = 60_000  # a forge takes 65,536 in a comment


def as_markdown(comparison: Comparison, handbook: Handbook) -> str:
    """Write what changed, in the field's words, in at most `MAX_CHARACTERS`.

    Everything from files is written in entities, so that no name or address comes alive. What does not fit is left out
    as whole projects, and counted.
    """
    made, words = templates(handbook, MARKDOWN), Words(handbook.language, MARKDOWN)
    rules = _rules(comparison, made)
    # What changed for everybody comes first where not all fits.
    head = _fitting([next(rules, "")], MAX_CHARACTERS // 2, words)
    room = MAX_CHARACTERS - len(head) - 2 * len(_left_out(words, 100)) - 20
    projects = _fitting(_projects(comparison, made, words), room, words)
    moved = _fitting(rules, room - len(projects), words)
    return tidy("\n\n".join([projects, head, moved]))


def as_text(comparison: Comparison, handbook: Handbook) -> str:
    """Write the same whole and plain, for a terminal; what could move a terminal's cursor is left out."""
    made, words = templates(handbook, PLAIN), Words(handbook.language, PLAIN)
    return tidy("\n\n".join([*_projects(comparison, made, words), *_rules(comparison, made)]))


NOTHING = N_("No change in meaning.")
TOO_LONG = N_("The rest of this part is too long for a comment.")
LEFT_OUT = N_("And %(num)s more, which are too long for a comment: %(command)s prints them all.")
COMMAND = Markup("`python -m macros compare`")


def _left_out(words: Words, number: int) -> str:
    return f"\n\n{words.one(LEFT_OUT, num=number, command=COMMAND)}\n\n" if number else ""


def _projects(comparison: Comparison, made: Environment, words: Words) -> Iterator[str]:
    template = made.get_template("compare_project.md.j2")
    if comparison.nothing:
        yield words.one(NOTHING)
    for change in comparison.projects:
        yield template.render(change=change, titles=comparison.titles)


def _rules(comparison: Comparison, made: Environment) -> Iterator[str]:
    """Render what changed for everybody, then each project that it moves."""
    if comparison.rules:
        yield made.get_template("compare_rules.md.j2").render(rules=comparison.rules)
        template = made.get_template("compare_moved.md.j2")
        for name, effects in comparison.rules.moved.items():
            yield template.render(name=name, effects=effects, titles=comparison.titles)


def _fitting(parts: Iterator[str] | list[str], room: int, words: Words) -> str:
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
        whole_lines = every[0][:room].rsplit("\n", 1)[0]
        kept, rest = [f"{whole_lines}\n\n{words.one(TOO_LONG)}"], rest - 1
    return "\n\n".join(kept) + _left_out(words, rest)


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
