"""Status files as people and programs write them, sound, odd and hostile, and changes made up for them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from macros.text.reader import read

Change = dict[str, Any]

BASE = """\
# A comment at the top
checklist: v2026.2
title: Retinal cells
summary: "Cells: for the eye"
modality: cell-therapy
route: [hospital-exemption, central-authorisation]
lead: hospital  # one of: hospital, university
assessed: 2026-09-30  # today
# targets: {5: 2028-11}
targets: {6: 2027-12, 8: 2030-06}
status:
  materials:
    # Map every material
    source-map: {status: met, since: 2018-09-12, evidence: Register 01}
    raw-materials: not-met
    # Choose the vector
    vector-route:
    bank-qualified: {status: in-progress, planned: 2027-01, note: "It's, well, under way"}  # see minutes
  process:
    change-plan: {status: not-met, planned: 2027-06}
    risk-file:
events:
  - {date: 2026-01-02, kind: owner-changed, text: The owner changed}
acknowledged:
  late: {because: The board knows, until: 2027-05}
"""

STYLES: dict[str, str] = {
    "base": BASE,
    "block answers": BASE.replace(
        "{status: met, since: 2018-09-12, evidence: Register 01}",
        "\n      status: met  # agreed\n      # of the minutes\n      since: 2018-09-12\n      evidence: Register 01",
    ),
    "braces over lines": BASE.replace(
        "{status: met, since: 2018-09-12, evidence: Register 01}",
        "{status: met,  # agreed\n      since: 2018-09-12,\n      # where it is\n      evidence: Register 01\n    }",
    ),
    "commas at ends": BASE.replace("2027-06}", "2027-06,}").replace("Register 01}", "Register 01 , }"),
    "odd spaces": BASE.replace("{status: met, ", "{  status:   met ,").replace("title: ", "title:    "),
    "no spaces in braces": BASE.replace(", planned", ",planned").replace("2030-06}", "2030-06 }"),
    "single quotes": BASE.replace("Register 01", "'Register ''01'', #4'").replace(
        "title: Retinal cells", "title: 'R: c'"
    ),
    "quoted names": BASE.replace("{6: 2027-12", '{"6": "2027-12"').replace("raw-materials:", "'raw-materials':"),
    "escapes": BASE.replace("Register 01", '"R\\u00e9gister \\"01\\" \\\\ \\x41"'),
    "emoji": BASE.replace("Register 01", '"🧬 Register 01, 👩‍⚕️"'.replace("\u200d", "")).replace("Map every", "🧬 Map"),
    "letters": BASE.replace("Register 01", "Åsa protokoll ÿ 中文").replace("Retinal cells", "Étude (rétine)"),
    "four spaces": re.sub(r"(?m)^( +)", lambda found: found[1] * 2, BASE),
    "three spaces": re.sub(r"(?m)^( +)", lambda found: " " * (len(found[1]) // 2 * 3), BASE),
    "everything to the right": re.sub(r"(?m)^(?=.)", "   ", BASE),
    "hyphens at the left": BASE.replace("  - {date", "- {date"),
    "block events": BASE.replace(
        "  - {date: 2026-01-02, kind: owner-changed, text: The owner changed}",
        "  - date: 2026-01-02\n    kind: owner-changed\n    # why\n    text: The owner changed\n"
        "  -   date: 2026-02-03\n      kind: other\n      text: More",
    ),
    "events in brackets": BASE.replace("events:\n  - {", "events: [{").replace("owner changed}\n", "owner changed}]\n"),
    "empty groups": BASE.replace("targets: {6: 2027-12, 8: 2030-06}", "targets: {}").replace(
        "events:\n  - {date: 2026-01-02, kind: owner-changed, text: The owner changed}\n", "events: []\n"
    ),
    "groups without anything": BASE[: BASE.index("targets: {6")] + "targets:\nstatus:\nacknowledged:\n",
    "only the head": BASE[: BASE.index("targets: {6")],
    "areas in braces": BASE.replace(
        "  process:\n    change-plan: {status: not-met, planned: 2027-06}\n    risk-file:\n",
        "  process: {change-plan: {status: not-met, planned: 2027-06}, risk-file: }\n",
    ),
    "an empty name before a comma": BASE.replace(
        "  process:\n    change-plan: {status: not-met, planned: 2027-06}\n    risk-file:\n",
        "  process: {change-plan: , risk-file: met, more: }\n",
    ),
    "words on two lines": BASE.replace("Retinal cells", "Retinal\n  cells\n\n  of the eye"),
    "quotes on two lines": BASE.replace('"Cells: for the eye"', '"Cells: for\n\n  the   \n  eye"'),
    "words below": BASE.replace("title: Retinal cells", "title:\n  Retinal cells"),
    "folded": BASE.replace('"Cells: for the eye"', ">-\n  Cells: for\n  the # eye\n\n  and more"),
    "literal": BASE.replace('"Cells: for the eye"', "|\n  Cells: for\n  the eye\n"),
    "a folded note": BASE.replace(
        "raw-materials: not-met", "raw-materials:\n      status: not-met\n      note: >\n        Long\n        text"
    ),
    "a comment at every line": re.sub(r"(?m)(?<=[\w}\"\]])$", "  # c", BASE.replace("  # see minutes", "")),
    "comments and empty lines": re.sub(r"(?m)^(?= )", "\n    # between\n", BASE),
    "spaces at the ends": re.sub(r"(?m)$", "  ", BASE),
    "a colon in braces": BASE.replace("Register 01", "https://example.org/a:b"),
    "question marks": BASE.replace("Register 01", "Which register? None").replace("Retinal cells", "What? Cells"),
    "words that programs know": BASE.replace("Register 01", "null").replace("Retinal cells", "~"),
    "an early mark": BASE.replace("Register 01", "<b> = (c) 5 % $ ; / \\ + _"),
    "earlier": BASE.replace("planned: 2027-06}", "planned: 2027-06, earlier: [{status: met, since: 2020}]}"),
}
"""What can be read. Hostile ones follow."""

HOSTILE: dict[str, str] = {
    "anchor": BASE.replace("raw-materials: not-met", "raw-materials: &a not-met"),
    "alias": BASE.replace("raw-materials: not-met", "raw-materials: &a met").replace(
        "vector-route:", "vector-route: *a"
    ),
    "tag": BASE.replace("raw-materials: not-met", "raw-materials: !!str not-met"),
    "explicit name": BASE.replace("raw-materials: not-met", "? raw-materials\n    : not-met"),
    "explicit name in braces": BASE.replace("{status: met", "{? status: met"),
    "explicit name that touches": BASE.replace("{status: met", "{?status: met"),
    "space before the colon": BASE.replace("raw-materials:", "raw-materials :"),
    "twice": BASE.replace("raw-materials: not-met", "source-map: not-met"),
    "twice in braces": BASE.replace("{status: met,", "{status: met, status: met,"),
    "tab": BASE.replace("    raw-materials", "\traw-materials"),
    "tab behind": BASE.replace("not-met\n", "not-met\t\n"),
    "document": "---\n" + BASE,
    "two documents": BASE + "---\n" + BASE,
    "end of document": BASE + "...\n",
    "directive": "%YAML 1.1\n---\n" + BASE,
    "list": "- a\n- b\n",
    "text": "words\n",
    "empty": "",
    "only comments": "# a\n\n",
    "braces": "{checklist: v2026.2, title: x}\n",
    "open quote": BASE.replace('"Cells: for the eye"', '"Cells: for the eye'),
    "open bracket": BASE.replace("Register 01}", "Register 01"),
    "bracket too many": BASE.replace("Register 01}", "Register 01}}"),
    "comma twice": BASE.replace("met, since", "met,, since"),
    "comma missing": BASE.replace("met, since", "met since"),
    "word alone": BASE.replace("{status: met, ", "{status, "),
    "cut": BASE.replace("Register 01", "Register #1"),
    "cut by one space": BASE.replace("not-met\n", "not-met # comment\n"),
    "comment that touches": BASE.replace("2030-06}", "2030-06}#c"),
    "comment after a comma": BASE.replace("met, since", "met,# c\n      since"),
    "line in another column": BASE.replace("    raw-materials", "   raw-materials"),
    "line too far right": BASE.replace("    raw-materials", "      raw-materials"),
    "colon inside": BASE.replace("Retinal cells", "Retinal: cells"),
    "colon at the end": BASE.replace("Retinal cells", "Retinal cells:"),
    "no space": BASE.replace("title: R", "title:R"),
    "percent": BASE.replace("Register 01", "%SM 100 %"),
    "at sign": BASE.replace("Register 01", "@quality"),
    "windows": BASE.replace("Register 01", '"C:\\Users\\docs"'),
    "hidden escape": BASE.replace("Register 01", '"a\\u200bb"'),
    "half a letter": BASE.replace("Register 01", '"a\\ud83db"'),
    "zero width": BASE.replace("Register 01", "Reg\u200bister"),
    "line separator": BASE.replace("Register 01", "Reg\u2028ister"),
    "lone return": BASE.replace("# Choose the vector\n", "# Choose\rthe vector\n"),
    "no-break space": BASE.replace("title: ", "title:\u00a0"),
    "merge": BASE.replace("    raw-materials", "<<<<<<< HEAD\n    raw-materials"),
    "proto": BASE.replace("raw-materials:", "__proto__:"),
    "constructor": BASE.replace("raw-materials:", "constructor:").replace("targets: {6", "targets: {toString: a, 6"),
    "a name that touches a bracket": BASE.replace("planned: 2027-06}", "planned:}"),
    "a name that touches a comma": BASE.replace("planned: 2027-06}", "planned:, note: a}"),
    "number of steps": BASE.replace("Register 01", "[[[[[[[[[[[[a]]]]]]]]]]]]"),
    "deep": "a: " + "{a: " * 300 + "b" + "}" * 300 + "\n",
    "long": BASE + "#" * 140_000 + "\n",
    "merge key": BASE.replace("raw-materials: not-met", "<<: not-met"),
    "header with a number": BASE.replace('"Cells: for the eye"', "|2\n   Cells"),
    "header with a comment": BASE.replace('"Cells: for the eye"', "| # c\n  Cells"),
    "kept ends": BASE.replace('"Cells: for the eye"', "|+\n  Cells\n\n"),
    "more to the right": BASE.replace('"Cells: for the eye"', ">\n  Cells\n    more\n  less"),
    "hyphen inside": BASE.replace("Retinal cells", "Retinal\n  - cells"),
    "list of lists": BASE.replace("events:\n  - {", "events:\n  - - {"),
    "hyphen alone": BASE.replace("  - {date", "  -\n    {date"),
    "empty entry": BASE.replace("  - {date", "  -\n  - {date"),
    "comment in an empty answer": BASE.replace("vector-route:", "vector-route: # c"),
    "comment that touches a name": BASE.replace("vector-route:", "vector-route: #c"),
    "pair in brackets": BASE.replace("route: [hospital-exemption", "route: [a: b"),
    "json": BASE.replace("{status: met, since", '{"status":"met", since'),
    "null byte": BASE.replace("Register 01", "a\x00b"),
    "bom inside": BASE.replace("Register 01", "a\ufeffb"),
    "minus": BASE.replace("Register 01", "-a").replace("raw-materials: not-met", "raw-materials: -x"),
    "hyphen in braces": BASE.replace("Register 01", "- a"),
    "backtick": BASE.replace("raw-materials: not-met", "raw-materials: `not-met`"),
    "quotes within words": BASE.replace("Retinal cells", "Retinal \"cells\" 'b'"),
    "text behind quotes": BASE.replace('"Cells: for the eye"', '"Cells" for the eye'),
    "text behind braces": BASE.replace("2030-06}", "2030-06} and so on"),
    "long name": BASE.replace("raw-materials:", "r" * 1100 + ":"),
    "name with a letter": BASE.replace("raw-materials:", "rå-material:"),
    "name with spaces": BASE.replace("raw-materials:", "raw materials:"),
    "name escaped": BASE.replace("raw-materials:", '"raw\\x41":'),
}
"""What is refused, or read all the same."""

AROUND: dict[str, Callable[[str], str]] = {
    "": lambda text: text,
    " with CRLF": lambda text: text.replace("\n", "\r\n"),
    " without an end": lambda text: text.rstrip("\n"),
    " with a mark at the start": lambda text: "\ufeff" + text,
}


def invented() -> dict[str, str]:
    """Give more than 200 files by name: sound ones with each ending, and hostile ones."""
    found = {f"{name}{how}": around(text) for name, text in STYLES.items() for how, around in AROUND.items()}
    found |= {
        f"hostile: {name}{how}": AROUND[how](text) for name, text in HOSTILE.items() for how in ("", " with CRLF")
    }
    return found


VALUES: dict[str, list[Any]] = {
    "status": ["met", "in-progress", "not-met", "not-applicable"],
    "since": ["2026-03-14", "2026-03", "2026"],
    "planned": ["2028-02"],
    "until": ["2027-01"],
    "owed": [True, "true"],
    "earlier": [[{"since": "2020", "status": "met"}]],
}
WORDS = [
    *("SOP 1", "a, b", "a: b", "https://example.org/x?y#z", '"quoted"', "it's", "5", "null", "No", "ends with:", "-x"),
    *(" x ", "Åsa 🧬", "# c", "{a}", "[b]", "x #y", "C:\\docs", "%", "@", "2026", "", "a  b", "é", "long " * 60, "1e5"),
    *("Why? So",),
]


def changes(text: str, chance: random.Random, most: int = 4) -> list[Change]:
    """Make up changes of a file, also of what it does not hold."""
    data: Any = read("", text.removeprefix("\ufeff").encode("utf-8", "replace"))[0].data
    return [_change(data, chance) for _ in range(chance.randint(1, most))]


def _change(data: Any, chance: random.Random) -> Change:
    areas = {area: [*items] for area, items in (data.get("status") or {}).items() if isinstance(items, dict)}
    kind = chance.random()
    if kind < 0.65:
        area = chance.choice([*areas, "materials", "new-area"])
        path = [area, chance.choice([*areas.get(area, []), "new-item"])]
        if chance.random() < 0.1:
            return {"path": [*path, "earlier", "+"], "value": {"status": "not-met", "since": "2020"}}
        if chance.random() < 0.15:
            return {"path": path, "value": chance.choice([None, "not-met", "met"])}
        return {"path": path, "fields": dict(_fields(chance))}
    return _of_the_head(data, chance)


def _fields(chance: random.Random) -> Iterator[tuple[str, Any]]:
    names = ["status", "since", "evidence", "reviewed", "planned", "because", "note", "owed", "earlier"]
    for name in chance.sample(names, chance.randint(1, 4)):
        yield name, None if chance.random() < 0.25 else chance.choice(VALUES.get(name, WORDS))


def _of_the_head(data: Any, chance: random.Random) -> Change:
    event = {"date": "2026-05-06", "kind": "other", "text": chance.choice(WORDS)}
    whole = {"since": "2026", "evidence": chance.choice(WORDS), "checklist": "v2026.2"}
    known = {"because": chance.choice(WORDS), "until": "2027-06"}
    findings = [*(data.get("acknowledged") or {})]
    choices: list[Change] = [
        {"path": ["assessed"], "value": "2026-11-27"},
        {"path": ["checklist"], "value": "v2026.2"},
        {"path": ["title"], "value": chance.choice(WORDS)},
        {"path": ["contact"], "value": chance.choice([None, *WORDS])},
        {"path": ["route"], "value": chance.choice([["a", "b"], "a"])},
        {"path": ["targets", chance.choice(["5", "6", "8"])], "value": chance.choice([None, "2031-01"])},
        {"path": ["acknowledged", chance.choice([*findings, "work-ahead"])], "fields": known},
        {"path": ["acknowledged", chance.choice([*findings, "work-ahead"])], "value": None},
        {"path": ["events", "+"], "fields": event},
        {"path": ["events", chance.choice([0, 1])], "value": None},
        {"path": ["events", 0], "fields": {"reviewed": "2026-11-01", "text": chance.choice([None, *WORDS])}},
        {"path": ["confirmed", "technical", chance.choice(["2", "3"])], "fields": whole},
        {"path": ["confirmed", "clinical", "1"], "value": None},
        {"path": ["metrics", "release-rate"], "value": chance.choice(["0.85", None])},
    ]
    return chance.choice(choices)
