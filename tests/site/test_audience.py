"""What is not published is in no byte of the site; and a site that is built in parts is the whole one.

One comparison answers for three things. A thin repository is built as a whole. A fork of the same region, whose
projects differ from those in everything that is not published, is built in parts by separate processes, which are
merged. The two must be the same, file by file.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from macros.site.build import begin
from tests.support.once import Shared
from tests.support.paths import ROOT
from tests.support.region_site import ALWAYS_ASKED, BOOK, quoted
from tests.support.region_world import command
from tests.support.site import EPOCH, Site, attributes, build_site, text
from tests.support.small import real

MARK = "zyxw"
"""Begins everything that must not be found, in small letters or capitals."""
OPEN = "Openlysaid"
"""Begins what a project says that is published in full."""
PARTS = 2
PLANNED = {"a": ("2091-03", "2092-04"), "b": ("2093-05", "2094-07")}
"""Months that nobody but a team names: of a plan and of a target, in each state."""
GATES = [name for name in ALWAYS_ASKED if BOOK.items[name].get("gate") == "true"]
OTHERS = [name for name in ALWAYS_ASKED if name not in GATES and not BOOK.items[name].get("requires")]


def status(answers: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, answer in answers.items():
        area, _, word = name.partition("/")
        found.setdefault(area, {})[word] = answer
    return found


def head(title: str, publish: str, **more: Any) -> dict[str, Any]:
    return {
        "checklist": real().frame.edition,
        "title": title,
        "summary": "Cells.",
        "modality": "autologous-cell",
        "route": "central-authorisation",
        "lead": "hospital",
        "assessed": "2026-11-01",
        **({"publish": publish} if publish else {}),
        **more,
    }


def detailed(title: str, publish: str, word: str, state: str = "") -> dict[str, Any]:
    """Write a project that says something in every place where a team writes in its own words."""
    planned, target = PLANNED.get(state, ("2029-01", "2031-02"))
    earlier = [{"status": "not-met", "since": "2025-01", "evidence": f"{word} 1", "note": f"{word} 2"}]
    answers = {
        GATES[0]: {"status": "met", "since": "2026-03-14", "evidence": f"{word} 3", "note": f"{word} 4"},
        GATES[1]: {"status": "met", "since": "2026-02", "evidence": f"{word} 5", "earlier": earlier},
        GATES[2]: {"status": "in-progress", "planned": planned, "evidence": f"{word} 6"},
        OTHERS[0]: {"status": "met", "since": "2026-01", "evidence": f"https://example.org/{word}"},
        OTHERS[1]: {"status": "not-applicable", "because": f"{word} 7"},
        OTHERS[2]: {"status": "not-met", "note": f"{word} 8"},
    }
    whole = {"since": "2026-02-03", "evidence": f"{word} 9", "checklist": real().frame.edition}
    return head(
        title,
        publish,
        status=status(answers),
        confirmed={"clinical": {"2": whole}},
        targets={"6": target},
        contact=f"{word} 10",
        metrics={} if state == "b" else {"reach-share": "0.31"},
        events=[{"date": "2026-05-04", "kind": "owner-change", "text": f"{word} 11."}],
        acknowledged={"owner-change": {"because": f"{word} 12", "until": "2027-12"}},
    )


def projects(state: str) -> dict[str, dict[str, Any]]:
    """Write the projects of a region in one of two states, which differ in what is not published."""
    word, other = f"{MARK.title()}{state}", state == "b"
    whole = {"since": "2026-02-03", "evidence": word, "checklist": real().frame.edition}
    confirmed = {"technical": {"3": whole}, "clinical": {"2": whole}}
    levels = head(
        "Only levels",
        "levels",
        summary=f"{word} 20.",
        modality="allogeneic-cell" if other else "autologous-cell",
        **({"donor": "other"} if other else {}),
        lead="university" if other else "company",
        formerly=[f"{MARK}-{state}-before"],
        confirmed=confirmed,
        targets={} if other else {"9": PLANNED["a"][1]},
        route=["central-authorisation", "hospital-exemption"],
        status=status({GATES[-1] if other else GATES[-2]: {"status": "in-progress", "note": f"{word} 21"}}),
    )
    none = {
        f"{MARK}-{state}-{number}": detailed(f"{word} 30", "none", f"{word}-{number}", state) for number in range(3)
    }
    return {
        "in-full": detailed(f"{OPEN} title", "", f"{OPEN} detail"),
        "less-said": detailed("Without details", "without-details", word, state),
        "levels-said": levels,
        **none,
    }


REGION = {
    "name": "Testland",
    "site": {"name": "Testland Navigator", "address": "https://navigator.testland.example/"},
    "forge": {"kind": "github", "address": "https://github.com/testland/private", "branch": "main"},
}


PAGE = """---
macros: true
---

# About us

[A project](../projects/levels-said.md) {{ project_findings("levels-said") }}
"""


def write_home(home: Path, state: str) -> Path:
    """Write a region with its projects; each file says something in a comment too."""
    for folder in ("region/pages", "projects"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "region/region.yml").write_text(quoted(REGION), "utf-8")
    (home / "region/pages/index.md").write_text(PAGE, "utf-8")
    for name, content in projects(state).items():
        word = f"{OPEN} comment" if name == "in-full" else f"{MARK}{state} comment"
        (home / f"projects/{name}.yml").write_text(f"# {word}\n{quoted(content)}\n", "utf-8")
    return home


def copied(root: Path) -> Path:
    for name in ("docs", "macros", "checklists", "projects"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def built(root: Path, folder: Path, **environ: str) -> Site:
    site = build_site(root, folder, **environ)
    assert site.status == 0, site.output
    return site


@pytest.fixture(scope="module")
def made(shared: Shared) -> Path:
    """A folder with `thin`, the site of a thin repository, `parts`, `merged` and the two repositories."""

    def make(folder: Path) -> str:
        root, fork = copied(folder / "root"), write_home(copied(folder / "fork"), "b")
        home = write_home(folder / "home", "a")
        jobs: list[tuple[Path, Path, dict[str, str]]] = [(root, folder / "thin", {"NAVIGATOR_HOME": str(home)})]
        jobs += [(fork, folder / f"parts/{k}", {"PART": f"{k}/{PARTS}"}) for k in range(PARTS + 1)]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda job: built(job[0], job[1], **job[2]), jobs))
        parts = [str(folder / f"parts/{k}") for k in range(PARTS + 1)]
        said = command(fork, "merge", *parts, "--into", str(folder / "merged"))
        assert said.status == 0, said
        return said.out

    return shared.made("audience", make)[0]


@pytest.fixture(scope="module")
def thin(made: Path) -> Site:
    return Site(made / "thin", 0, "")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unpacked(name: str, content: bytes) -> Iterator[bytes]:
    """Give a file, and what is packed in it."""
    yield content
    if name.endswith(".gz"):
        yield gzip.decompress(content)
    if name.endswith((".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(inner) for inner in packed.namelist())


def holding(folder: Path, word: str) -> list[str]:
    """Name the files that hold a word, packed or not, in their names or in themselves."""
    sought = word.lower().encode()
    return sorted(
        name
        for name, content in files(folder).items()
        if sought in name.lower().encode() or any(sought in each.lower() for each in unpacked(name, content))
    )


@pytest.mark.parametrize("shape", ["thin", "merged"])
@pytest.mark.parametrize("word", [MARK, *PLANNED["a"], *PLANNED["b"]])
def test_nothing_that_is_left_out_is_in_any_byte_of_a_site(made: Path, shape: str, word: str) -> None:
    assert holding(made / shape, word) == []


def test_what_is_published_in_full_is_found_also_in_a_comment(made: Path) -> None:
    found = holding(made / "thin", f"{OPEN} comment")
    assert found == ["change/p/in-full.js"]
    said = holding(made / "thin", f"{OPEN} detail")
    assert {"projects/in-full/index.html", "change/p/in-full.js"} <= set(said)


def test_a_fork_in_another_private_state_and_in_parts_is_the_same_site(made: Path) -> None:
    one, other = files(made / "thin"), files(made / "merged")
    assert one.keys() == other.keys()
    assert [name for name in sorted(one) if one[name] != other[name]] == []


def test_a_part_has_no_page_of_another(made: Path) -> None:
    pages = [
        {name for name in files(made / f"parts/{k}") if name.startswith("projects/") and name.count("/") == 2}
        for k in range(PARTS + 1)
    ]
    assert pages[0] == {"projects/levels-said/index.html"}, "what all share has no page with answers"
    assert pages[1] and pages[2] and not pages[1] & pages[2]


def test_projects_without_details_or_with_levels_only_have_no_form_and_no_pencil(thin: Site) -> None:
    assert [name for name in thin.files if name.startswith("change/p/") and "said" in name] == []
    for name in ("less-said", "levels-said"):
        page = thin.pages[f"projects/{name}/"]
        assert not [a for a in page.all("a[href]") if "testland/private" in attributes(a)["href"]]
        assert not page.all("a[href*='change/?project'], [data-nav-form]")
    links = [attributes(a)["href"] for a in thin.pages["projects/in-full/"].all("a[href]")]
    assert any(link.endswith("edit/main/projects/in-full.yml") for link in links)


def test_the_page_says_what_is_left_out_and_what_that_costs(thin: Site) -> None:
    shown = text(thin.pages["projects/less-said/"].one("article"))
    assert "Published without details." in shown and "Evidence: Not published." in shown
    for wrong in ("No month planned", "no month planned", "Nothing is late", "none set"):
        assert wrong not in shown


def test_of_levels_only_there_is_a_row_a_short_page_and_a_summary(thin: Site) -> None:
    (record, other) = json.loads((thin.folder / "api/v1/projects.json").read_text("utf-8"))["levels_only"]
    assert record == {
        "id": "levels-said",
        "route": "central-authorisation",
        "title": "Only levels",
        "checklist": real().frame.edition,
        "assessed": "2026-11-01",
        "levels": {"technical": 3, "clinical": 2, "commercial": 0},
        "page": "https://navigator.testland.example/projects/levels-said/",
    }
    assert other["route"] == "hospital-exemption"
    row = text(thin.pages["projects/"].all("tr[data-project='levels-said']")[0])
    assert "Only levels" in row and "technical 3, clinical 2, commercial 0" in row
    page = thin.pages["projects/levels-said/"]
    assert "technical 3, clinical 2, commercial 0" in text(page.one("article"))
    assert [name for name in thin.files if "levels-said" in name] == ["projects/levels-said/index.html"]


def test_projects_that_are_not_shown_are_a_number_from_three_up(thin: Site) -> None:
    assert "3 projects are not shown." in text(thin.pages["projects/"].one("article"))


def test_inside_everything_is_shown(made: Path) -> None:
    day = {"SOURCE_DATE_EPOCH": str(EPOCH), "NAVIGATOR_HOME": str(made / "home")}
    with mock.patch.dict("os.environ", {**day, "AUDIENCE": "inside"}):
        inside = begin(made / "root", "", "").portfolio
    assert len(inside.current) == len(projects("a")) and inside.levels_only == {}
    assert f"{MARK}a comment" in inside.text_of("less-said") if inside.text_of else False
    assert inside.day == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AUDIENCE", "insiders", 'AUDIENCE says "insiders".'),
        ("PART", "5/4", 'PART says "5/4".'),
        ("NAVIGATOR_LANGUAGE", "xx", 'NAVIGATOR_LANGUAGE says "xx". Write one of en, sv.'),
    ],
)
def test_a_word_that_is_not_known_is_refused_in_a_sentence(name: str, value: str, said: str, tmp_path: Path) -> None:
    site = build_site(ROOT, tmp_path / "site", **{name: value})
    assert site.status != 0
    assert said in site.output and "Traceback" not in site.output
