"""How much a script would weigh if it were minified: counted, as there is no build step and no minifier here.

Comments and the space around signs count nothing. A name that the script gives to something of its own counts as one
letter; names of properties, of the browser and of the language count whole. For the form's scripts that is within
five per cent of what terser 5 made of them on 2026-11-27.
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')|(?P<template>`(?:\\.|[^`\\])*`)"
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>\d[\d_.xa-fn]*)|(?P<space>\s+)|(?P<sign>.)",
    re.DOTALL,
)
EXPRESSION = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n\[])+/[a-z]*")
GIVEN = re.compile(
    r"\b(?:const|let|var|function|class)\s+([\w$]+)|[({,\[]\s*(?:\.\.\.)?([\w$]+)(?=\s*[,)=}\]])|\b([\w$]+)\s*=>"
)
"""Where a script gives a name: declarations, parameters and what is taken out of a group."""

KEPT = {
    *("true", "false", "null", "undefined", "window", "document", "navigator", "location", "localStorage", "Object"),
    *("Array", "Map", "Set", "String", "Number", "JSON", "Math", "Date", "Error", "URL", "URLSearchParams", "RegExp"),
    *("Promise", "Blob", "Option", "TextDecoder", "TextEncoder", "Intl", "await", "async", "return", "if", "else"),
    *("for", "of", "in", "new", "const", "let", "var", "function", "class", "typeof", "throw", "try", "catch"),
    *("switch", "default", "break", "continue", "while", "do", "this", "extends", "super", "case", "setTimeout"),
    *("addEventListener", "encodeURIComponent"),
}


def minified(script: str) -> int:
    """Count the characters that are left of a script."""
    own = {name for found in GIVEN.findall(script) for name in found if name} - KEPT
    return _counted(script, own)


def _counted(script: str, own: set[str]) -> int:
    place, total, before, open_ = 0, 0, "(", ["("]
    while place < len(script):
        if script[place] == "/" and before in "(,=:[!&|?{};>n" and (found := EXPRESSION.match(script, place)):
            total += len(found[0])
            place, before = found.end(), "/"
            continue
        token = TOKEN.match(script, place)
        assert token
        kind, text = token.lastgroup, token[0]
        place = token.end()
        if kind in ("comment", "space"):
            continue
        if kind == "name":
            follows = script[place:].lstrip()[:1]
            short = open_[-1] == "{" and before in "{," and follows in ",}"  # {name}, which becomes {name: n}
            local = text in own and before != "." and follows != ":"
            total += (len(text) + 2 if short else 1) if local or text in ("const", "let") else len(text)
            total += bool(re.match(r"[\w$]", before)) and before != "."  # the space between two words
        elif kind == "template":
            inner = re.split(r"\$\{(.*?)\}", text)
            total += sum(_counted(part, own) + 3 if number % 2 else len(part) for number, part in enumerate(inner))
        elif text not in ";," or script[place:].lstrip()[:1] not in ("}", "]", ")"):  # else one that can be left out
            total += len(text)
        if kind == "sign" and text in "([{":
            open_.append(text)
        elif kind == "sign" and text in ")]}":
            open_.pop()
        before = text[-1]
    return total
