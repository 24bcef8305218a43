"""`check` speaks the language of the reader: what is asked for, else that of the region."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from macros.cli.check import run_check
from macros.cli.main import main
from macros.language.explained import KEYS, OF_KINDS, STATUS_FILE
from macros.language.translated import messages_in
from macros.load.catalogues import catalogues
from macros.load.handbook import survey
from macros.load.languages import translations
from macros.text.messages import MESSAGE, Said
from macros.text.problem import KINDS, Problem
from tests.support.cases import CASES, Case
from tests.support.each import each
from tests.support.paths import HANDBOOK, ROOT
from tests.support.site import TODAY

RETINA = "projects/retina.yml"
SWEDISH = messages_in("sv", catalogues(ROOT, ROOT, "sv", []))
PLACE = re.compile(r"%\(\w+\)s|[^\w]")


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Problem]]:
    """Case → what is found in it."""
    folder, found = tmp_path_factory.mktemp("problems"), {}
    for name, case in CASES.items():
        root = Path(shutil.copytree(HANDBOOK, folder / name))
        case.lay(root)
        found[name] = [*survey(root, TODAY)[1], *translations(root, root)]
        shutil.rmtree(root)
    return found


def parts(text: Said) -> list[Said]:
    """A message, and those that are values in it."""
    return [text, *(part for value in text.values.values() if isinstance(value, Said) for part in parts(value))]


@each("name", CASES)
def test_no_english_template_is_left_in_swedish(name: str, problems: dict[str, list[Problem]]) -> None:
    for problem in problems[name]:
        texts = [problem.sentence, *([problem.fix] if problem.fix else []), *problem.notes]
        assert all(isinstance(text, Said) for text in texts)
        for part in (part for text in texts for part in parts(text) if part.context == MESSAGE):
            words = PLACE.sub("", part.message.one)
            assert not words or (MESSAGE, part.message.one) in SWEDISH.said, part
        for text in texts:
            said = SWEDISH.say(text)
            own = [str(value) for value in text.values.values() if not isinstance(value, Said)]
            assert all(value in said for value in own), "what the author wrote is said as it is"
            if text.context == MESSAGE and PLACE.sub("", text.message.one):
                assert said != text


def test_every_explanation_of_a_problem_and_of_a_key_has_a_swedish_one() -> None:
    contexts = {context for context, _ in SWEDISH.said}
    wanted = {f"{OF_KINDS}/{name}" for name in KINDS} | {
        f"{STATUS_FILE}/{place}" for place, text in KEYS.items() if text
    }
    assert wanted - contexts == set()


# --- the language is chosen ---


@pytest.fixture
def region(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A region whose site is in Swedish first, with a mistake in one of its projects."""
    shutil.copytree(ROOT / "languages/sv", handbook / "languages/sv", ignore=shutil.ignore_patterns("docs"))
    Case("sound", "", ["region"]).lay(handbook)
    path = handbook / "region/region.yml"
    path.write_text(f"languages: [sv, en]\n{path.read_text('utf-8')}", "utf-8")
    path = handbook / RETINA
    path.write_text(path.read_text("utf-8").replace("status: met", "status: partial", 1), "utf-8")
    monkeypatch.chdir(handbook)
    monkeypatch.delenv("NAVIGATOR_LANGUAGE", raising=False)
    return handbook


ENGLISH_SAID, SWEDISH_SAID = '"partial" is not a status', '"partial" är inte en status'


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ([], "", SWEDISH_SAID),
        (["--language", "en"], "", ENGLISH_SAID),
        ([], "en", ENGLISH_SAID),
        (["--language", "sv"], "en", SWEDISH_SAID),
        (["--format", "github"], "", SWEDISH_SAID),
        (["--format", "gitlab"], "", json.dumps(SWEDISH_SAID, ensure_ascii=False)[1:-1]),
        (["--format", "gitlab", "--language", "en"], "", json.dumps(ENGLISH_SAID)[1:-1]),
        (["--format", "json"], "", json.dumps(ENGLISH_SAID)[1:-1]),
    ],
    ids=" ".join,
)
def test_check_speaks_the_language_that_is_asked_for_or_that_of_the_region(
    arguments: list[str],
    environment: str,
    said: str,
    region: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (region / "region/region.yml").is_file()
    monkeypatch.setenv("NAVIGATOR_LANGUAGE", environment)
    assert main(["check", *arguments, RETINA]) == 1
    assert said in capsys.readouterr().out


def test_a_message_in_swedish_is_swedish_as_a_whole(region: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(region, [RETINA]) == 1
    printed = capsys.readouterr().out
    assert '^ skriv "in-progress"' in printed
    assert "= en status är något av följande: met, in-progress, not-met, not-applicable" in printed
    assert "= hjälp: /problems/#unknown-status" in printed
    assert "1 problem i 1 fil. Ingenting publicerades." in printed


def test_the_region_says_the_language_also_where_its_file_has_mistakes(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = region / "region/region.yml"
    file.write_text(f"{file.read_text('utf-8')}colour: green\nstray\n", "utf-8")
    assert run_check(region, []) == 1
    assert "Ingenting publicerades." in capsys.readouterr().out


@pytest.mark.usefixtures("region")
def test_other_commands_say_problems_in_the_same_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write"]) == 1
    assert SWEDISH_SAID in capsys.readouterr().out


def test_a_fingerprint_is_the_same_in_every_language(region: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks = []
    for code in ("sv", "en"):
        run_check(region, [RETINA], "gitlab", language=code)
        marks.append([row["fingerprint"] for row in json.loads(capsys.readouterr().out)])
    assert marks[0] == marks[1] != []


def test_a_language_without_catalogues_is_refused_with_those_that_there_are(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_check(region, [], language="da") == 2
    assert capsys.readouterr().err == 'There is no translation into "da". Write one of en, sv.\n'


def test_no_catalogue_is_read_in_english(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(handbook)
    monkeypatch.setattr("macros.load.languages.catalogues", lambda *_: pytest.fail("a catalogue is read"))
    assert run_check(handbook, [RETINA]) == 0
