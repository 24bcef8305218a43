"""A message is an English text that knows what it was made of, and every text of a problem is one."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from dataclasses import replace

from macros.text.messages import ENGLISH, M_, MM_, NOTHING, Language, Said, as_written
from macros.text.problem import Problem, in_language
from tests.support.each import each
from tests.support.packages import MODULES

SAID = {
    ("message", '"%(word)s" is not %(what)s'): ('%(what)s är "%(word)s" inte',),
    ("message", "a track"): ("ett spår",),
    ("message", "%(num)s file"): ("%(num)s fil", "%(num)s filer"),
    ("lab/start title", "Begin the work"): ("Börja arbetet",),
}
SWEDISH = Language("sv", SAID)
NOT_A_TRACK = M_('"%(word)s" is not %(what)s', word="a track", what=M_("a track"))


@each(
    "text, english, swedish",
    [
        (NOT_A_TRACK, '"a track" is not a track', 'ett spår är "a track" inte'),
        (MM_("%(num)s file", "%(num)s files", 1), "1 file", "1 fil"),
        (MM_("%(num)s file", "%(num)s files", 3), "3 files", "3 filer"),
        (M_("write %20 for each space"), "write %20 for each space", "write %20 for each space"),
        (M_("of %(what)s", what=M_("a track")), "of a track", "of ett spår"),
        (as_written("a track"), "a track", "a track"),
        (as_written("Begin the work", "lab/start title"), "Begin the work", "Börja arbetet"),
        (NOTHING, "", ""),
    ],
)
def test_a_message_is_said_in_a_language_and_its_values_stay(text: Said, english: str, swedish: str) -> None:
    assert (text, ENGLISH.say(text), SWEDISH.say(text)) == (english, english, swedish)
    assert SWEDISH.say(pickle.loads(pickle.dumps(text))) == swedish


def test_a_problem_in_another_language_differs_in_its_words_only() -> None:
    problem = Problem("a.yml", 3, 5, "some-kind", NOT_A_TRACK, M_("a track"), (M_("a track"),), 4, "a: b", "slip", "x")
    said = in_language(problem, SWEDISH)
    assert (said.sentence, said.fix, said.notes) == ('ett spår är "a track" inte', "ett spår", ("ett spår",))
    assert replace(said, sentence=problem.sentence, fix=problem.fix, notes=problem.notes) == problem
    assert in_language(problem, ENGLISH) is problem


# --- no text goes by the catalogues ---

MARKS = ("M_", "MM_")
PLACES = {"Problem": (4, 5, 6), "problem": (1, 3, 4), "note": (1, 3, 4), "refuse": (1, 2, 3)}
"""What makes a problem → which of its arguments are texts."""

OTHER = "macros.edit."
"""Modules whose `refuse` is another one."""


def called(node: ast.AST) -> str:
    name = node.func if isinstance(node, ast.Call) else None
    return name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""


def unmarked(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the texts of problems that no catalogue can have: literal ones without a mark, and marks of others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in PLACES:
            texts = [node.args[place] for place in PLACES[called(node)] if place < len(node.args)]
            texts += [word.value for word in node.keywords if word.arg in ("sentence", "fix", "notes")]
            yield from (text for whole in texts for text in literal(whole))
        elif isinstance(node, ast.Call) and called(node) in MARKS:
            marked = node.args[: 1 + (called(node) == "MM_")]
            yield from (text for text in marked if not (isinstance(text, ast.Constant) and isinstance(text.value, str)))
        elif isinstance(node, ast.JoinedStr):  # of which Babel does not read the inside
            yield from (part for part in ast.walk(node) if called(part) in (*MARKS, "N_", "NN_"))


def literal(text: ast.expr) -> Iterator[ast.expr]:
    if isinstance(text, (ast.JoinedStr, ast.BinOp)) or (isinstance(text, ast.Constant) and text.value):
        yield text
    elif isinstance(text, (ast.Tuple, ast.List)):
        yield from (part for each in text.elts for part in literal(each))
    elif isinstance(text, (ast.IfExp, ast.BoolOp)):
        choices = text.values if isinstance(text, ast.BoolOp) else [text.body, text.orelse]
        yield from (part for each in choices for part in literal(each))


def test_every_text_of_a_problem_is_marked() -> None:
    """`Problem` takes nothing but `Said`, which mypy sees to; here, that nobody makes one in another way."""
    telling = {module: tree for module, tree in MODULES.items() if not module.startswith(OTHER)}
    found = [f"{module}:{getattr(text, 'lineno', 0)}" for module, tree in telling.items() for text in unmarked(tree)]
    assert found == [], 'write M_("… %(name)s …", name=value)'
    makers = {module for module, tree in MODULES.items() for node in ast.walk(tree) if called(node) == "Said"}
    assert makers == {"macros.text.messages"}, "M_, MM_ and as_written make messages"


@each(
    "line",
    [
        'source.problem("kind", f"{word} is wrong", at)',
        'source.problem("kind", "this is " + word, at)',
        'source.problem("kind", M_("wrong"), at, "delete it" if word else M_("write it"))',
        'Problem(file, 0, 0, "kind", M_("wrong"), M_("delete it"), (f"its {name}",))',
        'refuse("kind", M_(f"{word} is wrong"))',
        'M_("wrong" + word)',
        'MM_("one", many, number)',
        "f\"{M_('wrong')}.\"",
        'replace(problem, fix=M_("x"))\nsource.problem("kind", M_("wrong"), at, notes=["a note"])',
    ],
)
def test_a_text_without_a_mark_is_found(line: str) -> None:
    assert [*unmarked(ast.parse(line))]
