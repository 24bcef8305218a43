"""Sites of a region after an upgrade: the real handbook one edition on, a country's layer, a region, two projects.

Two are built side by side. They differ in free text alone: in one every text of a layer, of the region, and of what
an edition keeps is a plain word, in the other a hostile string.
"""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from tests.support import independent
from tests.support.hostile import NAMES, STRINGS, WORDS
from tests.support.once import Shared
from tests.support.paths import ROOT
from tests.support.region_world import as_first_edition
from tests.support.site import Build, Site

BOOK = independent.read_checklists(ROOT / "checklists")
NAMED_BY_RULES = "analytics/potency-assay-qualified"
ALWAYS_ASKED = [name for name, item in BOOK.items.items() if "applies-to" not in item and name != NAMED_BY_RULES]
CHANGED = sorted(ALWAYS_ASKED, key=lambda name: BOOK.items[name].get("gate") != "true")[: len(STRINGS)]
WAIVED = [NAMED_BY_RULES, *[name for name in BOOK.items if name not in [*CHANGED, NAMED_BY_RULES]]][: len(STRINGS)]
PROVIDED = [name for name in BOOK.items if name not in CHANGED and name not in WAIVED]
ONE = "99"
TOGETHER = " ".join(
    [
        "</title></script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)> ' onclick='alert(1)'",
        "{{ 7*7 }} &amp; &lt; <!-- x --> [x](javascript:alert(1)) **b** | a",
    ]
)
"""What is written where there is room for one text only, as in a region's name."""

PERSON = NAMES["languages"]
"""The string that begins with a person's name, which is refused as a role."""
REACHED = {"mail": "atmp@hospital.example", "phone": "+46 46 17 10 00"}
WHEN = {"confirmed": "true", "checked": "2026-11-20"}


def place(name: str) -> tuple[Path, str]:
    """Give the file of an item's area, and the item's word."""
    area, _, word = name.partition("/")
    return Path("checklists", BOOK.items[name]["track"], f"{area}.yml"), word


def region_file(texts: dict[str, str], one: str) -> dict[str, Any]:
    return {
        "name": one,
        "country": "testland",
        "site": {
            "name": one,
            "welcome": one,
            "footer": one,
            "mail": "navigator@region.example",
            "address": "https://navigator.example.org/skane/",
        },
        "forge": {"kind": "forgejo", "address": "https://forge.example.org/skane/navigator"},
        "colour": "#2b4a6f",
        "thresholds": {"stale-days": "120"},
        "hospitals": {f"hospital-{number}": {"title": text, "about": text} for number, text in texts.items()},
        "contacts": {
            "hospital": [
                {"unit": text, "about": text, "confirmed": "false", **REACHED} | ({"role": text} if n != PERSON else {})
                for n, text in texts.items()
            ],
            "university": [{"unit": "A centre", "address": "https://example.org/centre"}],
        },
        "facilities": {
            f"place-{number}": {
                "title": text,
                "status": "in-place",
                "since": "2025-04",
                "evidence": text,
                "about": text,
                "address": "https://example.org/rooms",
                **({"provides": [name]} if name else {}),
            }
            for (number, text), name in zip_longest(texts.items(), PROVIDED[: len(texts)])
        },
        "authorities": authorities(texts),
        "licence": {"title": one, "address": "https://example.org/terms"},
        "imprint": {
            **dict.fromkeys(("publisher", "postal", "number", "responsible", "about"), one),
            **REACHED,
            "address": "https://example.org/region",
        },
        "accessibility": {
            "status": "partial",
            "assessed": "2026-11-01",
            "contact": one,
            "supervision": one,
            "supervision-address": "https://example.org/enforcement",
            "known": one,
            "burden": one,
            "outside": one,
            "prepared": "2026-10-01",
            "method": "self-assessment",
            "answered-within": "14",
        },
    }


def authorities(texts: dict[str, str]) -> dict[str, Any]:
    return {
        f"matter-{number}": {"matter": text, "body": text, "basis": text, "note": text}
        for number, text in texts.items()
    }


def layer(prefix: str, texts: dict[str, str], edition: str) -> dict[str, Any]:
    """Write what country and region have alike."""
    return {
        "prefix": prefix,
        "edition": edition,
        "references": {
            f"{prefix}-{number}": {
                "title": f"Source {number} {text}",  # sources are sorted by title
                **dict.fromkeys(("publisher", "number", "date", "url", "note"), text),
                "more-urls": [text],
                **WHEN,
            }
            for number, text in texts.items()
        },
        "authorities": authorities(texts),
        "rules-in-motion": {
            f"{prefix}-rule-{number}": {
                **dict.fromkeys(("title", "state", "effect"), text),
                "items": [NAMED_BY_RULES],
                "sources": [f"{prefix}-{number}"],
                **WHEN,
            }
            for number, text in texts.items()
        },
        "change": {
            name: {"because": text, "done-when-also": text, "note": text, "sources": [f"{prefix}-{number}"]}
            for name, (number, text) in zip(CHANGED, texts.items(), strict=False)
        },
    }


def own_words(one: str) -> dict[str, Any]:
    """Write what a region adds to the words of the frame."""
    titled = {"title": one, "about": one}
    return {
        "partners": {"skane-partner": titled},
        "modalities": {"skane-product": {**titled, "donor": "patient", "delivery": ["not-modified"]}},
        "routes": {"skane-route": {**titled, "milestones": [ALWAYS_ASKED[-1]]}},
        "metrics": {"skane-figure": titled},
        "areas": {"skane-area": {"title": one, "intro": one, "track": "clinical"}},
        "rules": {
            "skane-rule": {
                **dict.fromkeys(("title", "why", "first-move"), one),
                "who": ["skane-partner"],
                "sources": ["skane-00"],
                "act": [{"open": [ALWAYS_ASKED[-1]], "route": "skane-route"}],
            }
        },
    }


def region_layer(texts: dict[str, str], one: str) -> dict[str, Any]:
    made = {**layer("skane", texts, "v2026.1"), **own_words(one)}
    for number, name in enumerate(CHANGED[: len(texts)]):
        if number % 5 == 1:
            made["change"][name] |= {"owner": "region", "supports": ["company"]}
        if number % 5 == 2:
            made["change"][name] |= {"gate": "true"}
    made["waive"] = {
        name: {"because": text, "releases": [n for n in BOOK.items if name in BOOK.items[n].get("requires", [])]}
        for name, text in zip(WAIVED, texts.values(), strict=False)
    }
    made["add"] = {
        "analytics": {
            f"skane-{number}": {
                **dict.fromkeys(("title", "why", "done-when", "evidence", "note", "because"), text),
                "stage": "2",
                "gate": "true" if number == "00" else "false",
                "owner": "region",
                "lead-time": {"months": "3", "range": ["2", "4"], "basis": "planning assumption", "note": text},
                "sources": [f"skane-{number}"],
            }
            for number, text in texts.items()
        },
        "skane-area": {
            "skane-alone": {
                **dict.fromkeys(("title", "why", "done-when", "evidence", "because"), "Ours alone"),
                "stage": "2",
                "owner": "skane-partner",
                "applies-to": {"route": "skane-route"},
            }
        },
    }
    return made


def edition_on(root: Path, texts: dict[str, str]) -> None:
    """Bring the checklists one edition on: questions with a new meaning, a new gate, and retired items."""
    frame = root / "checklists/navigator.yml"
    frame.write_text(
        frame.read_text("utf-8").replace("edition: v2026.1\n", "edition: v2026.2\neditions: [v2026.1]\n"), "utf-8"
    )
    for name, text in zip(CHANGED, texts.values(), strict=False):
        file, word = place(name)
        revised = [{"edition": "v2026.2", "kind": "meaning", "note": text, "was": was(text)}]
        at = f"\n  {word}:\n"
        before, found, after = (root / file).read_text("utf-8").partition(at)
        assert found
        (root / file).write_text(f"{before}{at}    revised: {quoted(revised, None)}\n{after}", "utf-8")
    for name in PROVIDED[: len(texts)]:
        file, word = place(name)
        text = (root / file).read_text("utf-8")
        (root / file).write_text(text.replace(f"\n  {word}:\n", f"\n  {word}:\n    inheritable: true\n", 1), "utf-8")
    file = root / "checklists/clinical/unmet-need.yml"
    new = {**dict.fromkeys(("title", "why", "done-when", "evidence"), "Ask anew"), "stage": "1", "gate": "true"}
    text = file.read_text("utf-8").replace(
        "\nitems:\n", f"\nitems:\n  asked-anew: {quoted({**new, 'owner': 'hospital', 'since': 'v2026.2'}, None)}\n", 1
    )
    gone = {f"gone-{number}": {"moves": word, "edition": "v2026.2"} for number, word in texts.items()}
    assert "\nretired:" not in text and "asked-anew" in text
    file.write_text(f"{text}\nretired: {quoted(gone, None)}\n", "utf-8")


def was(text: str) -> str:
    """Write a text as one word that no question of today has."""
    return f"was_{'_'.join(text.split())}"


def project(edition: str, texts: dict[str, str]) -> dict[str, Any]:
    """Write a project that has met what will be asked differently, and answered what is retired."""
    status: dict[str, Any] = {}
    for name in CHANGED[: len(texts)]:
        area, _, word = name.partition("/")
        status.setdefault(area, {})[word] = {"status": "met", "since": "2026-02-01", "evidence": "SOP 1"}
    if edition == "v2026.1":
        status.setdefault("unmet-need", {}).update({f"gone-{number}": "met" for number in texts})
    area, _, word = PROVIDED[1].partition("/")
    status.setdefault(area, {})[word] = "not-met"
    area, _, word = WAIVED[1].partition("/")
    status.setdefault(area, {})[word] = "met"
    return {
        "checklist": edition,
        "title": f"Cells under {edition}",
        "summary": "Cells.",
        "modality": "autologous-cell",
        "route": "central-authorisation",
        "lead": "hospital",
        "assessed": "2026-11-01",
        "status": status,
    }


def quoted(value: object, indent: int | None = 1) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)  # JSON is YAML with everything in quotes


def write_region(root: Path, texts: dict[str, str], one: str) -> Path:
    """Copy the handbook one edition on, with a country, a region and two projects that hold the given texts."""
    for name in ("docs", "macros", "checklists"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "countries"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    as_first_edition(root)
    edition_on(root, texts)
    files = {
        "checklists/countries/testland.yml": {"title": one, **layer("testland", texts, "v2026.2")},
        "region/region.yml": region_file(texts, one),
        "region/overlay.yml": region_layer(texts, one),
        "projects/earlier.yml": project("v2026.1", texts),
        "projects/present.yml": project("v2026.2", texts),
    }
    for file, content in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(quoted(content), "utf-8")
    (root / "region/pages").mkdir()
    (root / "region/pages/index.md").write_text("# About us\n", "utf-8")
    return root


@pytest.fixture(scope="session")
def regions(shared: Shared, build: Build) -> tuple[Site, Site]:
    """The plain site of a region and the hostile one."""
    hostile = {NAMES[name]: string for name, string in STRINGS.items()}
    texts = {"plain": (WORDS, f"Plainword{ONE}"), "hostile": (hostile, TOGETHER)}

    def make(folder: Path) -> None:
        roots = [write_region(folder / name, *words) for name, words in texts.items()]
        with ThreadPoolExecutor(2) as pool:
            plain, other = pool.map(lambda root: build(root, root / "site"), roots)
        assert (plain.status, other.status) == (0, 0), f"{plain.output}\n{other.output}"

    folder, _ = shared.made("regions", make)
    return Site(folder / "plain/site", 0, ""), Site(folder / "hostile/site", 0, "")


@pytest.fixture(scope="session")
def region_site(regions: tuple[Site, Site]) -> Site:
    """The plain one."""
    return regions[0]
