"""How a browser for the tests is found or got, on machines made up for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.find_browser import NAMES, Machine, NoBrowserError, find, get

PLAYWRIGHT = f"{sys.executable} -m playwright install chromium"


class Made:
    """A machine with programs in a folder on its PATH; commands do to it what `effects` says."""

    def __init__(self, folder: Path, *programs: str, broken: tuple[str, ...] = (), **options: object) -> None:
        self.folder = folder
        self.broken = broken
        self.driver_starts = True
        self.ran: list[str] = []
        self.effects: dict[str, str] = {}
        self.options: dict[str, object] = {"environ": {"PATH": str(folder)}, "platform": "linux", "root": False}
        self.options |= options
        for program in programs:
            self.add(program)

    def add(self, program: str) -> str:
        path = self.folder / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o755)
        return str(path)

    def run(self, command: list[str]) -> str:
        if command == ["driver", "--version"]:
            return "" if self.driver_starts else "libatomic.so.1: cannot open shared object file"
        if command[1:] == ["--version"]:
            return "only a stub" if Path(command[0]).name in self.broken else ""
        self.ran.append(" ".join(command))
        self.driver_starts |= command[-1] == "libatomic1"
        if program := self.effects.get(command[0]):
            self.add(program)
            return ""
        return "no network"

    @property
    def machine(self) -> Machine:
        return Machine(run=self.run, driver="driver", **self.options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_on_the_path_is_found(tmp_path: Path, name: str) -> None:
    assert find(Made(tmp_path, name).machine) == str(tmp_path / name)


@pytest.mark.parametrize(
    ("programs", "broken", "found"),
    [
        (["microsoft-edge", "chromium"], (), "chromium"),
        (["microsoft-edge", "google-chrome"], (), "google-chrome"),
        (["chromium-browser", "microsoft-edge"], ("chromium-browser",), "microsoft-edge"),
        (["firefox"], (), None),
        (["chromium"], ("chromium",), None),
    ],
)
def test_the_first_browser_that_starts_is_taken(
    tmp_path: Path, programs: list[str], broken: tuple[str, ...], found: str | None
) -> None:
    assert find(Made(tmp_path, *programs, broken=broken).machine) == (str(tmp_path / found) if found else None)


@pytest.mark.parametrize("wanted", ["my-browser", "{folder}/my-browser"])
def test_the_browser_that_is_asked_for_goes_before_all_others(tmp_path: Path, wanted: str) -> None:
    environ = {"PATH": str(tmp_path), "NAVIGATOR_BROWSER": wanted.format(folder=tmp_path)}
    assert find(Made(tmp_path, "chromium", "my-browser", environ=environ).machine) == str(tmp_path / "my-browser")


def test_a_browser_that_is_asked_for_and_is_not_there_is_an_error_and_not_another_browser(tmp_path: Path) -> None:
    made = Made(tmp_path, "chromium", environ={"PATH": str(tmp_path), "NAVIGATOR_BROWSER": "/nowhere/chrome"})
    with pytest.raises(NoBrowserError, match=r"^NAVIGATOR_BROWSER is '/nowhere/chrome'"):
        get(made.machine)


def test_macos_is_searched_where_it_keeps_programs(tmp_path: Path) -> None:
    made = Made(tmp_path, platform="darwin", environ={"HOME": str(tmp_path)})
    place = made.add("Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
    assert find(made.machine) == place


def test_windows_is_searched_where_it_keeps_programs() -> None:
    asked = []

    class Windows(Machine):
        def starts(self, path: str) -> bool:
            asked.append(path)
            return path.endswith("msedge.exe")

    environ = {"PROGRAMFILES": r"C:\Program Files", "PROGRAMFILES(X86)": r"C:\Program Files (x86)"}
    found = find(Windows(environ=environ, platform="win32"))
    assert found == r"C:\Program Files\Microsoft\Edge\Application\msedge.exe"
    assert asked[0] == r"C:\Program Files\Chromium\Application\chrome.exe"


def test_what_playwright_has_downloaded_before_is_used(tmp_path: Path) -> None:
    made = Made(tmp_path)
    path = made.add("ms-playwright/chrome")
    made.options["downloaded"] = lambda: path
    assert get(made.machine) == path
    assert made.ran == []


def test_root_on_debian_gets_debians_package(tmp_path: Path) -> None:
    made = Made(tmp_path, "apt-get", root=True)
    made.effects["apt-get"] = "chromium"
    assert get(made.machine) == str(tmp_path / "chromium")
    assert all(command.startswith("apt-get ") for command in made.ran)


def test_others_get_playwrights_own_download(tmp_path: Path) -> None:
    made = Made(tmp_path, "apt-get", root=False)
    made.effects[sys.executable] = "chromium"
    assert get(made.machine) == str(tmp_path / "chromium")
    assert made.ran == [PLAYWRIGHT]


@pytest.mark.parametrize("root", [True, False])
def test_where_nothing_helps_the_error_says_what_to_install_and_what_was_tried(tmp_path: Path, root: bool) -> None:
    made = Made(tmp_path, *["apt-get"] * root, root=root)
    with pytest.raises(NoBrowserError) as error:
        get(made.machine)
    said = str(error.value)
    assert said.startswith("The browser tests need Chromium, Chrome or Edge")
    assert "apt-get install chromium" in said
    assert said.count(": no network") == len(made.ran) == (3 if root else 1)


def test_what_the_driver_lacks_is_installed_where_it_may_be(tmp_path: Path) -> None:
    made = Made(tmp_path, "apt-get", "chromium", root=True)
    made.driver_starts = False
    assert get(made.machine) == str(tmp_path / "chromium")
    assert [command.split()[-1] for command in made.ran] == ["-qq", "libatomic1"]


def test_a_driver_that_does_not_start_is_named_with_what_helps(tmp_path: Path) -> None:
    made = Made(tmp_path, "apt-get", "chromium", root=False)
    made.driver_starts = False
    with pytest.raises(
        NoBrowserError, match=r"driver does not start here: libatomic\.so\.1.*apt-get install libatomic1"
    ):
        get(made.machine)
    assert made.ran == []
