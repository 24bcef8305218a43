"""The table of commands: what there is, what it costs to start, and how a command refuses."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.cli.main import COMMANDS, main
from tests.support.paths import ROOT

HEAVY = (
    "jinja2",
    "markupsafe",
    "feedgenerator",
    "mkdocs",
    "xlsxwriter",
    "macros.engine",
    "macros.outputs",
    "macros.views",
    "macros.changes",
    "macros.cli.compare",
)


def test_every_command_stands_in_the_table_once() -> None:
    modules = {path.stem for path in (ROOT / "macros/cli").glob("*.py") if "\ndef run(" in path.read_text("utf-8")}
    assert {name.replace("-", "_") for name in COMMANDS} == modules


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m macros {name} ")
    with pytest.raises(SystemExit):
        main(["--help"])
    assert COMMANDS[name] in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("words", [(), ("nonsense",), ("report",), ("report", "a", "--format", "xml"), ("compare",)])
def test_what_is_not_understood_ends_with_2_and_the_usage(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m macros")


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "no\x1bwhere"),
        ("new", "x\x1b", "--modality", "a", "--route", "b", "--lead", "c"),
        ("export", "projects"),
        ("gather", "no\x1bwhere"),
        ("region", "guard", "no\x1bwhere"),
        ("adapt", "--all", "--layer", "no\x1bwhere"),
        ("upstream", "no\x1bwhere"),
        ("report", "no\x1bwhere"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_cannot_be_done_ends_with_2_and_one_plain_sentence(
    words: tuple[str, ...], handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(handbook)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"[^\x00-\x1f]+\n", err)


def test_the_check_of_a_file_starts_without_what_other_commands_need() -> None:
    """It runs at every save and in hooks; what other commands need would take as long again to import."""
    code = "import sys; from macros.cli.main import main; main(['check', 'projects/glybera.yml']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "macros.cli.check" in loaded
    assert loaded & {*HEAVY} == set()


def test_the_check_of_a_status_file_reads_neither_pages_nor_other_status_files() -> None:
    """A hook that is told of each file that is opened: how many there are of others must not matter."""
    code = """if True:
        import sys
        from macros.cli.main import main
        opened = []
        sys.addaudithook(lambda event, about: opened.append(str(about[0])) if event == "open" else None)
        main(["check", "projects/glybera.yml"])
        print(*(path for path in opened if "/projects/" in path or "/docs/" in path))
    """
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].split() == [str(ROOT / "projects/glybera.yml")]
