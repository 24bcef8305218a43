"""Problems for machines: annotations of GitHub, code quality of GitLab, and JSON."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from macros.text.messages import ENGLISH, Language
from macros.text.problem import ERROR, NOTE, WARNING, Problem, in_language
from macros.text.report import printable

GITHUB = {ERROR: "error", WARNING: "warning", NOTE: "notice"}
FIELDS = ("file", "line", "column", "width", "severity", "kind", "sentence", "fix", "notes")
LONGEST = 1000
BREAKS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "\x85\u2028\u2029"}
GITLAB = {ERROR: "major", WARNING: "minor", NOTE: "info"}


def ordered(found: Iterable[Problem], touched: Iterable[str]) -> list[Problem]:
    """Order problems: those of touched files first, as only the first ten of a kind are shown."""
    first = frozenset(touched)
    order = {ERROR: 0, WARNING: 1, NOTE: 2}
    return sorted(set(found), key=lambda p: (order[p.severity], p.file not in first, p))


def github(found: Iterable[Problem], touched: Iterable[str] = (), language: Language = ENGLISH) -> str:
    """Write workflow commands, one a line; nothing in a file can begin another command."""
    rows = []
    for problem in ordered(found, touched):
        place = f"file={_property(problem.file)}"
        if problem.line:
            place += f",line={problem.line},col={problem.column}"
        title = _property(problem.kind)
        rows.append(f"::{GITHUB[problem.severity]} {place},title={title}::{_data(_message(problem, language))}")
    return "\n".join(rows)


def gitlab(found: Iterable[Problem], touched: Iterable[str] = (), language: Language = ENGLISH) -> str:
    """Write a code quality report. A fingerprint is the same in every language and with other lines above."""
    seen: Counter[str] = Counter()
    rows = []
    for problem in ordered(found, touched):
        excerpt = problem.excerpt[:LONGEST].strip()  # a long line may have thousands
        text = "\n".join((problem.file, problem.kind, _message(problem), excerpt))
        seen[text] += 1
        row = {
            "description": _message(problem, language),
            "check_name": problem.kind,
            "fingerprint": hashlib.sha256(f"{text}\n{seen[text]}".encode("utf-8", "replace")).hexdigest(),
            "severity": GITLAB[problem.severity],
            "location": {"path": problem.file, "lines": {"begin": max(1, problem.line)}},
        }
        rows.append(row)
    return _json(rows)


def as_json(found: Iterable[Problem], touched: Iterable[str] = ()) -> str:
    """Write all problems as one object, in the order of the other formats; in English, as programs read it."""
    rows = [
        {name: getattr(problem, name) for name in FIELDS} | {"help": f"/problems/#{problem.kind}"}
        for problem in ordered(found, touched)
    ]
    return _json({"version": 1, "problems": rows})


def _json(value: object) -> str:
    """Write JSON with letters as they are; what some programs take for the end of a line is escaped."""
    return json.dumps(value, indent=1, ensure_ascii=False).translate(BREAKS)


def _message(problem: Problem, language: Language = ENGLISH) -> str:
    problem = in_language(problem, language)
    parts = [problem.sentence, *([problem.fix] if problem.fix else []), *problem.notes]
    return printable(". ".join(part[:1].upper() + part[1:] for part in parts))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
