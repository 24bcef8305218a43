"""The start of a project: first files, links to the forge, lines to report with, and the command that writes a file."""

from __future__ import annotations

import itertools
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from justhtml import JustHTML

from macros.assessment.assess import assess
from macros.checks.projects import PROJECT_CHECKS
from macros.checks.warnings import slips
from macros.cli import new as start_views
from macros.cli.new import new_file
from macros.engine.portfolio import Portfolio
from macros.fields.placeholders import handed_out
from macros.fields.shape import shape
from macros.load.files import RESERVED
from macros.load.handbook import load, survey
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.status_file import Project, StatusFile
from macros.model.statuses import WRITTEN, Status
from macros.outputs.first_file import Choice, blank, choices, first_files, skeleton
from macros.outputs.forge import Forge, forge_of, new_file_address
from macros.text.problem import Problem
from macros.text.reader import read
from macros.views.context import PageContext
from macros.views.guide import start
from tests.support import independent
from tests.support.each import each
from tests.support.paths import ROOT
from tests.support.site import attributes, walk

TODAY = date(2026, 11, 22)
SECOND = independent.read_checklists(ROOT / "checklists")


def checklists(root: Path) -> Handbook:
    """Read the checklists alone, whatever projects there are."""
    handbook, problems = survey(root, TODAY, ["none"])
    assert handbook is not None, problems
    return handbook


BOOK = checklists(ROOT)
CHOICES = list(choices(BOOK))
FIRST = CHOICES[0]
GITHUB = Forge("github", "https://forge.example.org/navigator", "main")


def name_of(choice: Choice) -> str:
    return "--".join(part for part in choice if part)


every_choice = pytest.mark.parametrize("choice", CHOICES, ids=name_of)


def read_back(text: str) -> tuple[Project, list[Problem]]:
    """Read a status file as the site does; returns it with everything there is to say about it, slips included."""
    source, problems = read("projects/new.yml", text.encode())
    assert problems == []
    status = shape(StatusFile, source)
    assert not isinstance(status, list), status
    project = Project.model_construct(**dict(status), id="new")
    return project, [problem for check in [*PROJECT_CHECKS, slips] for problem in check(project, source, BOOK, TODAY)]


def to_replace(problems: list[Problem]) -> int:
    """Count the words of the template that a team replaces, which is all that there may be to say."""
    assert {problem.kind for problem in problems} <= {"template-words"}
    return len(problems)


def names_in(project: Project) -> list[str]:
    return [f"{area}/{word}" for area, answers in project.status.items() for word in answers]


def whose(choice: Choice) -> str | None:
    return BOOK.frame.modalities[choice.modality].donor or choice.donor


def asked(choice: Choice) -> tuple[Item, ...]:
    return BOOK.asked(choice.modality, whose(choice), choice.route)


def many(routes: list[str], **values: Any) -> str:
    """Write a first file for the first choice, on other routes or with other options."""
    return skeleton(
        BOOK, title="New", modality=FIRST.modality, donor=None, routes=routes, lead="hospital", day=TODAY, **values
    )


# --- first files ---


def test_there_is_a_choice_for_every_modality_on_every_route_and_for_every_donor_where_that_is_open() -> None:
    expected = {
        (modality, donor, route)
        for modality, words in SECOND.frame["modalities"].items()
        for donor in ([None] if "donor" in words else ["patient", "other"])
        for route in SECOND.frame["routes"]
    }
    assert len(CHOICES) == len(expected) == 14
    assert set(CHOICES) == expected


@every_choice
def test_a_first_file_is_sound_once_title_and_summary_are_written(choice: Choice) -> None:
    project, problems = read_back(blank(BOOK, choice, TODAY))
    assert to_replace(problems) == 2
    title, summary, *_ = handed_out("en")
    _, problems = read_back(blank(BOOK, choice, TODAY).replace(title, "Cells").replace(summary, "Cells for the eye."))
    assert problems == []
    assert (project.modality, project.donor, project.route) == (choice.modality, choice.donor, (choice.route,))
    assert (project.checklist, project.assessed, project.kind) == (BOOK.frame.edition, TODAY, "project")
    assert project.lead in BOOK.frame.partners


def test_the_check_only_wants_the_words_of_a_first_file_replaced(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "checklists", tmp_path / "checklists")
    (tmp_path / "projects").mkdir()
    for number, choice in enumerate(CHOICES):
        (tmp_path / f"projects/full-{number}.yml").write_text(blank(BOOK, choice, TODAY), "utf-8")
        (tmp_path / f"projects/short-{number}.yml").write_text(blank(BOOK, choice, TODAY, short=True), "utf-8")
    handbook, problems = survey(tmp_path, TODAY)
    assert handbook and len(handbook.projects) == 2 * len(CHOICES)
    assert to_replace(problems) == 2 * len(handbook.projects)


@every_choice
def test_a_first_file_lists_exactly_the_items_that_are_asked_in_the_order_of_the_stages(choice: Choice) -> None:
    """An area is written once, at the stage of its first item."""
    project, _ = read_back(blank(BOOK, choice, TODAY))
    assert sorted(names_in(project)) == sorted(item.name for item in asked(choice))
    stages = [[BOOK.items[f"{area}/{word}"].stage for word in answers] for area, answers in project.status.items()]
    assert all(found == sorted(found) for found in [*stages, [found[0] for found in stages]])


@every_choice
def test_a_first_file_lists_what_a_second_calculation_says_is_asked(choice: Choice) -> None:
    answers: dict[str, object] = {"modality": choice.modality, "route": choice.route}
    if choice.donor:
        answers["donor"] = choice.donor
    project, _ = read_back(blank(BOOK, choice, TODAY))
    assert set(names_in(project)) == independent.asked_of(SECOND, answers, choice.route)


@every_choice
def test_a_first_file_is_at_level_0_with_nothing_assessed(choice: Choice) -> None:
    project, _ = read_back(blank(BOOK, choice, TODAY))
    assessment = assess(project, BOOK, choice.route, day=TODAY)
    assert {standing.level for standing in assessment.tracks.values()} == {0}
    assert {standing.working_stage for standing in assessment.tracks.values()} == {0}
    assert {state.status for state in assessment.states.values()} == {Status.NOT_ASSESSED}


@every_choice
def test_every_question_stands_above_its_answer_and_every_gate_is_marked(choice: Choice) -> None:
    lines = blank(BOOK, choice, TODAY).splitlines()
    for item in asked(choice):
        mark = f"stage {item.stage}, gate: needs since and evidence" if item.gate else f"stage {item.stage}"
        above = lines.index(f"    # {item.title} ({mark})")
        done = itertools.takewhile(lambda line: line.startswith("    #   "), lines[above + 1 :])
        words = " ".join(line.removeprefix("    #   ") for line in done)
        assert words == f"Done when: {' '.join(item.done_when.split())}"
        assert f"    {item.anchor}:" in lines[above + 2 : above + 20]
    assert sum("gate: needs" in line for line in lines) == sum(item.gate for item in asked(choice))


def test_a_first_file_names_its_schema_in_the_first_line() -> None:
    first = blank(BOOK, FIRST, TODAY).splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/schema/v1/project.json"


def test_the_examples_in_the_head_can_be_taken_by_deleting_the_mark_before_them() -> None:
    text = blank(BOOK, FIRST, TODAY)
    taken = re.sub(r"^# (?=contact:|targets:)", "", text, flags=re.MULTILINE)
    project, problems = read_back(taken)
    assert to_replace(problems) == 2
    assert project.contact == "ATMP coordinator, eye clinic"
    assert {stage: str(month) for stage, month in project.targets.items()} == {5: "2028-11"}


def test_each_answer_that_the_head_offers_is_accepted() -> None:
    text = blank(BOOK, FIRST, TODAY)
    offered = re.findall(r"^#   (.+)$", text, re.MULTILINE)
    given = []
    for answer in offered:
        project, problems = read_back(text.replace("    source-map:\n", f"    source-map: {answer}\n"))
        assert to_replace(problems) >= 2
        given.append(project.answers["materials/source-map"].status)
    assert given == list(WRITTEN.values())


def test_a_file_on_two_routes_lists_what_either_asks() -> None:
    routes = list(BOOK.frame.routes)
    project, problems = read_back(many(routes))
    assert to_replace(problems) == 1
    assert project.route == tuple(routes)
    either = {item.name for route in routes for item in BOOK.asked(FIRST.modality, whose(FIRST), route)}
    assert sorted(names_in(project)) == sorted(either)


@pytest.mark.parametrize("upto", BOOK.frame.stages)
def test_a_file_up_to_a_stage_lists_the_items_due_by_then(upto: int) -> None:
    project, problems = read_back(many([FIRST.route], upto=upto))
    assert to_replace(problems) == 1
    assert sorted(names_in(project)) == sorted(item.name for item in asked(FIRST) if item.stage <= upto)


@pytest.mark.parametrize(
    "title", ['Cells: "new" & {old}', "A # in it", "Ögon — 网膜", "- no", "yes", "'", "back\\slash", "%x", "a" * 600]
)
def test_a_title_reads_back_as_it_was_given(title: str) -> None:
    text = skeleton(
        BOOK, title=title, modality=FIRST.modality, donor=None, routes=[FIRST.route], lead="hospital", day=TODAY
    )
    project, problems = read_back(text)
    assert (project.title, to_replace(problems)) == (title, 1)


def test_the_site_offers_the_first_file_of_every_choice() -> None:
    files = dict(first_files(Portfolio(BOOK, TODAY), ""))
    assert files.keys() == {f"start/{name_of(choice)}.yml" for choice in CHOICES}
    assert files[FIRST.path].decode() == blank(BOOK, FIRST, TODAY)


# --- the forge ---


@every_choice
def test_the_short_file_has_the_items_of_the_first_stage_and_fits_into_an_address(choice: Choice) -> None:
    text = blank(BOOK, choice, TODAY, short=True)
    project, problems = read_back(text)
    assert to_replace(problems) == 2
    assert names_in(project) == [item.name for item in asked(choice) if item.stage == 1]
    assert len(quote(text, safe="")) < 5500
    address = urlsplit(new_file_address(GITHUB, "projects/new.yml", text))
    assert parse_qs(address.query, strict_parsing=True) == {"filename": ["projects/new.yml"], "value": [text]}


@pytest.mark.parametrize(
    "forge, address",
    [
        (GITHUB, "https://forge.example.org/navigator/new/main?filename=projects/a.yml&value=a%3A%20%23%0A%26%2B"),
        (
            Forge("gitlab", "https://git.example.org/group/navigator", "main"),
            "https://git.example.org/group/navigator/-/new/main?file_name=projects/a.yml",
        ),
        (
            Forge("forgejo", "https://code.example.org/team/navigator", "main"),
            "https://code.example.org/team/navigator/_new/main/?filename=projects/a.yml",
        ),
        (Forge("", "", ""), ""),
    ],
)
def test_each_forge_has_its_address_for_a_new_file(forge: Forge, address: str) -> None:
    assert new_file_address(forge, "projects/a.yml", "a: #\n&+") == address


def test_there_is_no_address_that_a_forge_would_refuse_as_too_long() -> None:
    start = len(new_file_address(GITHUB, "projects/a.yml", "a")) - 1
    assert len(new_file_address(GITHUB, "projects/a.yml", "a" * (6000 - start))) == 6000
    assert new_file_address(GITHUB, "projects/a.yml", "a" * (6001 - start)) == ""


@pytest.mark.parametrize(
    "edit_uri, forge",
    [
        ("https://forge.example.org/navigator/edit/main/docs/", GITHUB),
        (
            "https://forge.example.org/edit/n/edit/main/docs",
            Forge("github", "https://forge.example.org/edit/n", "main"),
        ),
        ("https://g.example.org/a/b/n/-/edit/main/docs/", Forge("gitlab", "https://g.example.org/a/b/n", "main")),
        ("https://c.example.org/a/n/_edit/main/docs/", Forge("forgejo", "https://c.example.org/a/n", "main")),
        ("https://c.example.org/a/n/edit/a/b/docs/", Forge("github", "https://c.example.org/a/n", "a/b")),
        ("edit/main/docs/", Forge("", "", "")),
        ("https://b.example.org/n/src/main/docs/?mode=edit", Forge("", "", "")),
        ("", Forge("", "", "")),
    ],
)
def test_the_forge_is_known_by_the_form_of_its_address_for_editing(edit_uri: str, forge: Forge) -> None:
    assert forge_of(edit_uri) == forge


def test_the_forge_of_this_repository_is_known() -> None:
    config = independent.plain(ROOT / "mkdocs.yml")
    assert forge_of(config["edit_uri"]).kind


def test_the_choices_together_ask_every_item_but_those_of_a_way_to_change_genes_that_is_not_the_usual_one() -> None:
    first = {item.name for choice in CHOICES for item in asked(choice)}
    usual = {way for modality in BOOK.frame.modalities.values() for way in modality.delivery[:1]}
    others = {name for name, item in BOOK.items.items() if {*item.applies_to.delivery}.isdisjoint(usual)}
    assert first == {name for name, item in BOOK.items.items() if not item.applies_to.delivery or name not in others}
    told = {
        item.name
        for choice in CHOICES
        for way in BOOK.frame.modalities[choice.modality].delivery
        for item in BOOK.asked(choice.modality, whose(choice), choice.route, way)
    }
    assert told == BOOK.items.keys()


# --- pages ---


def context(edit_uri: str = "https://forge.example.org/navigator/edit/main/docs/") -> PageContext:
    def address(path: str, anchor: str) -> str:
        return f"/{path}" + (f"#{anchor}" if anchor else "")

    return PageContext(Portfolio(BOOK, TODAY), address, edit_uri=edit_uri)


def links(html: str) -> list[dict[str, str]]:
    tree = JustHTML(html, sanitize=False, fragment=True)
    return [attributes(link) for link in walk(tree.root) if link.name == "a"]


def test_the_page_offers_every_first_file_to_download_and_on_the_forge() -> None:
    found = links(start(context()))
    downloads = [link for link in found if "download" in link]
    assert [link["href"] for link in downloads if link["download"] == "my-project.yml"] == [
        f"/{choice.path}" for choice in CHOICES
    ]
    assert [link["href"] for link in downloads if link["download"] == "my-project.xlsx"] == [
        f"/{choice.path.removesuffix('.yml')}.xlsx" for choice in CHOICES
    ]
    forms = [link["href"] for link in found if "?start=" in link["href"]]
    assert forms == [f"/change.md?start={choice.name}" for choice in CHOICES]
    texts = [parse_qs(urlsplit(link["href"]).query)["value"][0] for link in found if "value=" in link["href"]]
    assert texts == [blank(BOOK, choice, TODAY, short=True) for choice in CHOICES]


def test_every_link_of_the_page_has_words_of_its_own() -> None:
    tree = JustHTML(start(context()), sanitize=False, fragment=True)
    words = [" ".join(link.to_text(separator="").split()) for link in tree.query("a")]
    assert len(set(words)) == len(words) == 4 * len(CHOICES)


def test_the_page_says_so_where_the_forge_does_not_take_the_text_along() -> None:
    html = start(context("https://g.example.org/n/-/edit/main/docs/"))
    assert "opens an empty file" in html
    assert {link["href"] for link in links(html) if "download" not in link and "?start=" not in link["href"]} == {
        "https://g.example.org/n/-/new/main?file_name=projects/my-project.yml"
    }


def test_the_page_has_downloads_only_where_no_forge_is_known() -> None:
    html = start(context(""))
    assert all("download" in link or "?start=" in link["href"] for link in links(html))
    assert "forge" not in html


def test_the_page_shows_one_first_file_in_full() -> None:
    (code,) = JustHTML(start(context()), sanitize=False, fragment=True).query("pre.nav-copy > code")
    assert code.to_text(separator="", strip=False) == blank(BOOK, FIRST, TODAY)


def test_the_script_that_copies_is_small_and_says_what_it_did() -> None:
    script = (ROOT / "docs/assets/copy.js").read_text("utf-8")
    assert len(script) < 1500
    assert "ariaLive" in script


def test_the_command_on_the_page_uses_words_of_the_checklists(tmp_path: Path) -> None:
    command = re.search(r"python -m macros new ((?:.*\\\n)*.+)", (ROOT / "docs/start.md").read_text("utf-8"))
    assert command
    name, *options = shlex.split(command[1].replace("\\\n", " "))
    given = dict(zip(options[::2], options[1::2], strict=True))
    shutil.copytree(ROOT / "checklists", tmp_path / "checklists")
    made = new_file(
        tmp_path, name, modality=given["--modality"], routes=[given["--route"]], lead=given["--lead"], day=TODAY
    )
    assert len(given) == 3
    assert made.name == "retinal-cells.yml"


# --- the command ---


def new(root: Path, name: str = "corneal-cells", **changes: Any) -> Path:
    """Write a first file into the miniature handbook, correct but for the changes."""
    right = {"modality": "allogeneic-cell", "routes": ["central-authorisation"], "lead": "university", "day": TODAY}
    return new_file(root, name, **{"summary": "Cells for the cornea.", **right, **changes})


@pytest.fixture
def unchanged(handbook: Path) -> Iterator[Path]:
    """A handbook in which nothing may be written."""
    before = {path: path.lstat().st_mtime_ns for path in handbook.rglob("*")}
    yield handbook
    assert {path: path.lstat().st_mtime_ns for path in handbook.rglob("*")} == before


def test_a_new_file_belongs_to_a_project_without_problems(handbook: Path) -> None:
    path = new(handbook, routes=["central-authorisation", "hospital-exemption", "central-authorisation"], upto=2)
    assert path == handbook / "projects/corneal-cells.yml"
    book = load(handbook, TODAY)
    project = book.projects["corneal-cells"]
    assert (project.title, project.lead) == ("Corneal cells", "university")
    assert project.route == ("central-authorisation", "hospital-exemption")
    assert {book.items[name].stage for name in names_in(project)} <= {1, 2}
    assert project.answers == {}


def test_a_new_file_leaves_nothing_else_behind(handbook: Path) -> None:
    before = set(handbook.rglob("*"))
    path = new(handbook)
    assert set(handbook.rglob("*")) - before == {path}
    assert path.stat().st_nlink == 1


def test_a_new_file_has_the_delivery_where_it_was_named_and_else_says_what_it_follows_from(handbook: Path) -> None:
    path = handbook / "projects/corneal-cells.yml"
    new(handbook, modality="in-vivo-gene-therapy", delivery="without-vector")
    assert load(handbook, TODAY).projects["corneal-cells"].delivery == "without-vector"
    path.unlink()
    new(handbook, modality="in-vivo-gene-therapy")
    assert "\n# delivery: without-vector  # left out, it is viral-vector\n" in path.read_text("utf-8")
    book = load(handbook, TODAY)
    assert book.projects["corneal-cells"].delivery is None
    assert book.delivery_of(book.projects["corneal-cells"]) == "viral-vector"


def test_a_new_file_has_the_donor_where_the_modality_leaves_that_open(handbook: Path) -> None:
    new(handbook, modality="tissue-engineered-product", donor="patient", title="Skin: a sheet")
    project = load(handbook, TODAY).projects["corneal-cells"]
    assert (project.donor, project.title) == ("patient", "Skin: a sheet")


def test_a_donor_that_the_modality_settles_may_be_said_and_is_not_written(handbook: Path) -> None:
    new(handbook, donor="other")
    assert load(handbook, TODAY).projects["corneal-cells"].donor is None


def test_a_new_file_can_be_the_first_of_its_folder(handbook: Path) -> None:
    (handbook / "projects/retina.yml").unlink()
    (handbook / "projects").rmdir()
    assert new(handbook).is_file()


def test_problems_of_another_project_do_not_stop_a_new_one(handbook: Path) -> None:
    (handbook / "projects/broken.yml").write_text("title: [")
    assert new(handbook).is_file()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Retina",
        "a b",
        "a/b",
        "../a",
        "/tmp/a",
        "a.b",
        "a.yml",
        "näthinna",
        "a--b",
        "-a",
        "1a",
        "a\n",
        "a" * 49,
        "A" * 500,
    ],
)
def test_a_name_that_cannot_stand_in_an_address_is_refused(unchanged: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        new(unchanged, name)


@each("name", sorted(RESERVED))
def test_a_name_that_the_site_needs_is_refused(unchanged: Path, name: str) -> None:
    with pytest.raises(ValueError, match="the site needs"):
        new(unchanged, name)


def test_a_name_that_is_taken_is_refused(unchanged: Path) -> None:
    with pytest.raises(ValueError, match='There is a project "retina" already'):
        new(unchanged, "retina")


def test_a_name_that_is_taken_in_a_folder_below_is_refused(handbook: Path) -> None:
    (handbook / "projects/eye").mkdir()
    (handbook / "projects/retina.yml").rename(handbook / "projects/eye/retina.yml")
    with pytest.raises(ValueError, match="already"):
        new(handbook, "retina")


def test_a_name_is_taken_by_a_link_that_leads_nowhere(handbook: Path) -> None:
    (handbook / "projects/corneal-cells.yml").symlink_to("nowhere")
    with pytest.raises(ValueError, match="already"):
        new(handbook)
    assert not (handbook / "projects/nowhere").exists()


def test_a_file_that_appears_in_the_meantime_is_not_overwritten(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = handbook / "projects/corneal-cells.yml"

    def slow(*arguments: Any) -> Any:
        there.write_text("of somebody else")
        return survey(*arguments)

    monkeypatch.setattr(start_views, "survey", slow)
    with pytest.raises(ValueError, match="already"):
        new(handbook)
    assert there.read_text() == "of somebody else"
    assert len(list((handbook / "projects").iterdir())) == 2


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"modality": "alogeneic-cells"}, '"alogeneic-cells" is not a modality. Write "allogeneic-cell".'),
        ({"routes": ["hospital-exempt"]}, '"hospital-exempt" is not a route. Write "hospital-exemption".'),
        (
            {"routes": ["central-authorisation", "x"]},
            '"x" is not a route. Write central-authorisation or hospital-exemption.',
        ),
        ({"routes": []}, '"" is not a route. Write central-authorisation or hospital-exemption.'),
        ({"lead": "Universty"}, '"Universty" is not a partner. Write "university".'),
        ({"lead": "zzz"}, '"zzz" is not a partner. Write university or hospital or innovation-office.'),
        (
            {"modality": "tissue-engineered-product"},
            "It is not said whose cells are used. Add --donor patient or --donor other.",
        ),
        (
            {"modality": "tissue-engineered-product", "donor": "none"},
            '"none" is not a donor of this modality. Write patient or other.',
        ),
        ({"donor": "patient"}, '"patient" is not a donor of this modality. Write other.'),
        (
            {"delivery": "viral-vector"},
            '"viral-vector" is not a delivery of this modality. Write not-modified.',
        ),
        ({"upto": 12}, "12 is not a stage. Stages are 1, 2, 3."),
        ({"title": "a" * 601}, "Title or summary cannot be used: the text has 601 characters, more than 600."),
        ({"title": " "}, "Title or summary cannot be used: the text is empty."),
        (
            {"title": "a\u200bb"},
            "Title or summary cannot be used: there is an invisible character (U+200B) here.",
        ),
        ({"title": "a\x07b"}, "Title or summary cannot be used: there is an invisible character (U+0007) here."),
        ({"summary": " "}, "Title or summary cannot be used: the text is empty."),
        ({"title": "a\udcffb"}, "Title or summary holds a letter that cannot be saved as UTF-8."),
    ],
)
def test_a_word_that_does_not_fit_is_refused_in_a_plain_sentence(
    unchanged: Path, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError) as refused:
        new(unchanged, **changes)
    assert str(refused.value) == sentence


def test_checklists_with_problems_stop_a_new_file(handbook: Path) -> None:
    (handbook / "checklists/navigator.yml").write_text("edition: [")
    with pytest.raises(ValueError, match="checklists have problems"):
        new(handbook)
    assert not (handbook / "projects/corneal-cells.yml").exists()


def test_help_lists_the_words_that_the_arguments_take(capsys: pytest.CaptureFixture[str]) -> None:
    from macros.cli.main import main

    with pytest.raises(SystemExit):
        main(["new", "--help"])
    assert "\ndonor: patient, other, none\n" in capsys.readouterr().out
