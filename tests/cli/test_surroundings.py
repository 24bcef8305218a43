"""Odd surroundings of a command are told in one sentence, never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from macros.cli.main import STOPPED, UNHEARD, main
from macros.edit.write import NotWritten, write_whole
from macros.site.environment import today
from tests.support.paths import ROOT

LONG = "x" * 300
COMMAND = [sys.executable, "-m", "macros"]
ODD_DAYS = ["99999999999999", "253402300800", "253402300799", "²", "tomorrow", "1e9", "9" * 5000]


def said(command: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(command) == status
    err = capsys.readouterr().err
    assert err.count("\n") == 1, err
    return err


@pytest.fixture
def here(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(handbook)
    return handbook


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("day", ODD_DAYS)
def test_a_day_that_is_none_is_refused(
    day: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
    assert "Write the seconds since 1970" in said(["check"], 2, capsys)


def test_an_empty_day_is_that_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert today().year > 2025


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["~nosuchuser/x", "nowhere", LONG * 20, "~"])
def test_a_home_that_is_none_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("NAVIGATOR_HOME", name)
    assert "there is no such folder" in said(["check"], 2, capsys)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "command",
    [
        ["check", f"projects/{LONG}.yml"],
        ["compare", LONG * 20],
        ["upstream", LONG * 20],
        ["report", f"projects/{LONG}.yml"],
        ["sheet", LONG],
        ["sheet", "retina", "--out", f"{LONG}.xlsx"],
        ["read-sheet", f"{LONG}.xlsx"],
        ["read-sheet", "nowhere.xlsx"],
        ["visit", LONG],
        ["export", LONG],
        ["gather", LONG],
        ["gather", "projects"],
        ["adapt", "--all", "--layer", LONG],
        ["region", "init", "Bergen", "--thin", "~nosuchuser/x", "--upstream", "https://example.org/"],
        ["region", "init", "Bergen", "--thin", LONG, "--upstream", "https://example.org/"],
    ],
    ids=" ".join,
)
def test_a_name_that_cannot_be_used_is_refused(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said(command, 2, capsys)


@pytest.mark.parametrize("command", ["check", "report projects/retina.yml", "compare . .", "write", "sheet retina"])
def test_a_file_that_may_not_be_read_is_named(command: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Root may read everything, so the refusal is that of the system's function."""
    denied, read = str(here / "projects/retina.yml"), Path.read_bytes

    def refuse(path: Path) -> bytes:
        if str(path.absolute()) == denied:
            raise PermissionError(13, "Permission denied", denied)
        return read(path)

    with mock.patch.object(Path, "read_bytes", refuse):
        assert said(command.split(), 2, capsys) == f"{denied}: access is denied.\n"


def run(*words: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*COMMAND, *words], cwd=cwd, env=environment, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload, no-any-return]


def test_a_reader_that_goes_away_ends_the_command_in_silence(here: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for command in (["check"], ["write"], ["compare", ".", "."], ["export", "--help"]):
        done = run(*command, cwd=here, stdout=writing)
        assert (done.returncode, done.stderr) in ((UNHEARD, ""), (0, "")), command
    os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_an_output_that_cannot_be_written_is_said(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run("check", cwd=here, stdout=full)
    assert (done.returncode, done.stderr) == (2, "The output: the disk is full.\n")


@pytest.mark.usefixtures("here")
def test_a_command_that_is_stopped_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with mock.patch("macros.cli.check.survey", side_effect=KeyboardInterrupt):
        assert main(["check"]) == STOPPED
    assert capsys.readouterr().err == ""


def test_links_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(NotWritten, match="links lead in a circle"):
        write_whole(tmp_path / "a", b"")
