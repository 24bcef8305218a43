"""Where the repository and the tests' own files are."""

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
HANDBOOK = TESTS / "support/handbook"
"""The miniature handbook, correct in every way."""
