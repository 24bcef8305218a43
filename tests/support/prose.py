"""The texts that people read, wherever they are written: what is left of a file when names, code and quotes are out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support import independent
from tests.support.paths import ROOT

Text = tuple[str, str]
"""Where a text is written, and the text."""

NAMES = {"against", "applies-to", "formerly", "releases", "requires", "revised", "sources"}
"""Keys of YAML whose values are names of ours, or the old words of an item."""
QUOTED = {"number", "publisher", "title"}
"""Keys of a source: how others have called their texts."""

SILENT = re.compile(
    r"\A---\n.*?\n---\n|^```.*?^```|`[^`\n]+`|<!--.*?-->|<[^>]*>|\]\([^)]*\)|\{ ?[#.:][^}]*\}|https?://\S+",
    re.DOTALL | re.MULTILINE,
)
CALL = re.compile(r"\{\{\s*\w+\((?P<given>.*?)\)\s*\}\}", re.DOTALL)
QUOTE = re.compile(r"“[^”]{1,400}”|\"[^\"]{1,400}\"|(?<!\w)'[^']{3,400}'(?!\w)", re.DOTALL)
WORDS = re.compile(r"\b(?:_|ngettext)\((?P<given>.*?)\)", re.DOTALL)
STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]+", " ", text)


def _given(call: re.Match[str]) -> str:
    """Keep what a macro of a guide shows: its second text, without the name of the item or source before it."""
    texts = re.findall(r'"([^"]*)"', call["given"])
    return " ".join(texts[1:]) + "\n" * call[0].count("\n")


def of_markdown(text: str) -> str:
    """Keep the prose of a page, on the lines where it is: no code, addresses, anchors, names or quotes."""
    text = SILENT.sub(lambda found: _blank(found[0]), text)
    text = CALL.sub(_given, text)
    return QUOTE.sub(lambda found: _blank(found[0]), text)


def of_template(text: str) -> str:
    """Keep the words of a template: those that are marked for translation, and what is between its tags."""
    marked = (one or other for call in WORDS.finditer(text) for one, other in STRING.findall(call["given"]))
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text, flags=re.DOTALL)
    return "\n".join([*marked, bare])


def of_yaml(value: Any, key: str = "", source: bool = False) -> Iterator[Text]:
    """Give the texts among the values of a YAML file, each with the way to it."""
    if isinstance(value, str):
        if " " in value:
            yield key, QUOTE.sub(" ", value)
    elif isinstance(value, list):
        for each in value:
            yield from of_yaml(each, key, source)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in NAMES and not (source and name in QUOTED):
                yield from of_yaml(each, f"{key}.{name}".strip("."), source)


def of_python(text: str) -> Iterator[Text]:
    """Give the sentences of a module, and the docstrings that explain a kind of problem on the site; no other ones."""
    silent: set[ast.AST] = set()
    for node in ast.walk(ast.parse(text)):
        said = ""
        if isinstance(node, ast.Expr):
            silent.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            silent.update(node.values)
            said = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.FunctionDef) and any("kind" in ast.unparse(d) for d in node.decorator_list):
            said = ast.get_docstring(node) or ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            said = node.value
        if " " in said:
            yield str(getattr(node, "lineno", 0)), re.sub(r"`[^`]+`", " ", said)


def read(folder: Path = ROOT) -> Iterator[Text]:
    """Read guides, checklists, layers of countries and regions, templates and messages."""
    pages = [*(folder / "docs").rglob("*.md"), *(folder / f"{n}.md" for n in ("README", "CONTRIBUTING", "SECURITY"))]
    for page in sorted(pages):
        for number, line in enumerate(of_markdown(page.read_text("utf-8")).split("\n\n")):
            yield f"{page.relative_to(folder)} (block {number + 1})", line
    for file in sorted([*(folder / "checklists").rglob("*.yml"), *(folder / "docs/regions").rglob("*.yml")]):
        for key, text in of_yaml(independent.plain(file), source=file.stem == "references"):
            yield f"{file.relative_to(folder)} ({key})", text
    for file in sorted((folder / "macros").rglob("*.j2")):
        yield str(file.relative_to(folder)), of_template(file.read_text("utf-8"))
    for file in sorted((folder / "macros").rglob("*.py")):
        for line, text in of_python(file.read_text("utf-8")):
            yield f"{file.relative_to(folder)}:{line}", text
