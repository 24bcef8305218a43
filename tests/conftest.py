"""What several tests share: a copy of the miniature handbook on a fixed day, and `--bless`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.browser import address, browser, quick
from tests.support.languages import spoken_site
from tests.support.once import shared
from tests.support.paths import HANDBOOK
from tests.support.region_site import region_site, regions
from tests.support.region_world import build_region, third_site, world
from tests.support.site import EPOCH, build, site

__all__ = ["address", "browser", "build", "build_region", "quick", "region_site", "regions", "shared", "site"]
__all__ += ["spoken_site", "third_site", "world"]


BROWSER = {"browser", "address", "quick"}
BUILDS = {"build", "build_region", "clones", "exported", "live", "newcomer", "spoken_site", "thin", "world"}
"""Who asks for one of these fixtures, or for one that asks for them, needs a browser, or builds a site of its own or
repositories with several editions."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by the fixtures it asks for, and begin with it, so that no process waits for it at the end."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        for mark, fixtures in (("browser", BROWSER), ("builds", BUILDS)):
            if asked & fixtures:
                item.add_marker(mark)
    slow = {item.path for item in items for mark in ("browser", "builds") if item.get_closest_marker(mark)}
    items.sort(key=lambda item: item.path not in slow)


def pytest_cmdline_main(config: pytest.Config) -> None:
    if config.getoption("--bless") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--bless writes files that several processes share: run it without -n")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write the expected files anew instead of comparing")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the miniature handbook that a test may spoil; the day is 22 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    return Path(shutil.copytree(HANDBOOK, tmp_path / "handbook"))
