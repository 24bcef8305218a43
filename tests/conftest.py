"""What several tests share: a copy of the miniature handbook on a fixed day, and `--bless`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import browser as browser_fixture
from tests.support import site as site_fixture
from tests.support.paths import HANDBOOK

site = site_fixture.site
browser = browser_fixture.browser  # one for all modules, which is why it stands here
address = browser_fixture.address
quick = browser_fixture.quick


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write the expected files anew instead of comparing")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the miniature handbook that a test may spoil; the day is 22 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(site_fixture.EPOCH))
    return Path(shutil.copytree(HANDBOOK, tmp_path / "handbook"))
