"""The steps of all workflows, run on real repositories in both shapes against a forge that is made up.

The lines come from the files that `region init` writes and from those of the shared handbook. See
`tests/support/workflow.py` for the steps that are not run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.made_up_forge import TOKEN, Forge, serving
from tests.support.region_on_forge import MAIN, NIGHT, REQUEST, TITLE, TRIGGER, Region, region, shared_handbook
from tests.support.region_world import git
from tests.support.workflow import chosen

pytestmark = pytest.mark.builds


def on(*forges: str) -> pytest.MarkDecorator:
    """Run a test for a fork and for a thin repository on each of some forges."""
    cases = [(shape, forge) for shape in ("fork", "thin") for forge in forges]
    return pytest.mark.parametrize("ours", cases, ids="-".join, indirect=True)


@pytest.fixture(scope="module")
def shared_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_handbook(tmp_path_factory.mktemp("shared") / "navigator")


@pytest.fixture(scope="module")
def ours(
    request: pytest.FixtureRequest, shared_book: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Region]:
    shape, kind = request.param
    folder = tmp_path_factory.mktemp(f"{shape}-{kind}")
    with serving(Forge(kind, folder)) as forge:
        yield region(folder, shared_book, shape, kind, forge)


@on("github", "gitlab", "forgejo")
def test_a_request_that_waives_an_item_gets_one_comment_and_none_of_its_code_runs(ours: Region) -> None:
    machine = ours.comment("comment")
    (comment,) = ours.forge.comments
    assert f"Not used here any more: {TITLE}" in comment["body"], comment["body"]
    assert ours.owned() == []
    assert machine.tokens == set(), "what reads text of a request has no token"
    ours.comment("comment-again")
    written = [asked.method for asked in ours.forge.asked if asked.method != "GET"]
    assert written == ["POST", "PUT" if ours.kind == "gitlab" else "PATCH"]


@on("github", "gitlab", "forgejo")
def test_a_request_is_checked_and_has_a_preview_that_opens_from_disk(ours: Region) -> None:
    asked = len(ours.forge.asked)
    machines = ours.look("check")
    (preview,) = (machine.kept["preview"] for machine in machines if machine.kept)
    assert "OFFLINE=true" in (preview / "index.html").read_text("utf-8")
    said = "\n".join(machine.said for machine in machines)
    assert f"Not used here any more: {TITLE}" in said
    guard = "Makefile belongs to upstream" if ours.shape == "fork" else "A thin repository holds no file of upstream"
    assert guard in said
    assert len(ours.forge.asked) == asked, "code of the request runs here, so nothing here asks the forge"


@on("github", "gitlab", "forgejo")
def test_a_newer_edition_is_said_and_fails_its_own_job(ours: Region) -> None:
    status, said = ours.news("old")
    assert (status, "There is no newer edition than v2026.1." in said) == (0, True), said
    git(ours.shared, "tag", "--force", "v2026.2")
    try:
        status, said = ours.news("new")
    finally:
        git(ours.shared, "tag", "--delete", "v2026.2")
    assert (status != 0, "Edition v2026.2 of the shared handbook is out" in said) == (True, True), said


@on("gitlab")
def test_gitlab_runs_the_job_with_the_token_only_where_no_code_of_a_request_is(ours: Region) -> None:
    room = ours.folder / "work"
    flow, shape = ours.flow(""), ["guard"] if ours.shape == "fork" else []
    tests = ["tests"] if ours.shape == "fork" else []
    runs = {
        name: set(chosen(flow, ours.variables(pipeline), room))
        for name, pipeline in {"request": REQUEST, "push": MAIN, "night": NIGHT, "trigger": TRIGGER}.items()
    }
    assert runs == {
        "request": {"problems", "meaning", "preview", *shape, *tests},
        "push": {"problems", "pages", *shape, *tests},
        "night": {"problems", "pages", "comment", "edition", *shape, *tests},
        "trigger": {"comment"},
    }


@on("gitlab")
def test_gitlab_says_which_setting_is_missing_and_refuses_a_token_that_reaches_requests(ours: Region) -> None:
    without, exposed = ours.machine("without"), ours.machine("exposed")
    asked = len(ours.forge.asked)
    assert ours.gitlab(without, "comment", NIGHT) == 0, without.log
    assert "because the variable NAVIGATOR_TOKEN is missing. Under Settings, Access tokens" in without.log
    assert ours.gitlab(exposed, "problems", REQUEST, NAVIGATOR_TOKEN=TOKEN) != 0
    assert "NAVIGATOR_TOKEN reaches merge requests. Protect it under Settings" in exposed.log
    assert len(ours.forge.asked) == asked


@on("github", "gitlab", "forgejo")
def test_the_default_branch_is_published(ours: Region) -> None:
    machine = ours.publish("publish")
    if ours.kind == "forgejo":
        assert git(ours.bare, "show", "pages:index.html") == "A page. OFFLINE="
    else:
        assert (machine.kept["pages"] / "index.html").read_text("utf-8") == "A page. OFFLINE=\n"
