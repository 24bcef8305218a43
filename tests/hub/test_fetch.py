"""A document of another site comes within limits of time and size, or one sentence says why it did not."""

from __future__ import annotations

import time

import pytest

from macros.hub.fetch import Limits, NotFetched, fetched
from tests.support import hub

QUICK = Limits(seconds=1.0, size=100_000)
CASES: dict[str, tuple[hub.Answer | None, str]] = {
    "nothing": (None, "The site has no such document (status 404)."),
    "an error": (hub.failing, "The site refused the document (status 500)."),
    "another address": (
        hub.redirected,
        "The site leads on to another address. Write its present address in network.yml.",
    ),
    "slow": (hub.dripping, "The site did not send the document within 1 seconds."),
    "slow at once": (hub.dripping_head, "The site did not send the document within 1 seconds."),
    "without an end": (hub.endless, "The document has more than 100,000 bytes."),
    "large": (b"x" * 100_001, "The document has more than 100,000 bytes."),
    "cut short": (hub.cut_short, "The document ended before it was complete."),
    "compressed": (hub.compressed, "The site sends the document compressed, which was not asked for."),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_come_is_said_in_one_sentence_and_in_time(case: str) -> None:
    answer, sentence = CASES[case]
    begun = time.monotonic()
    with hub.served({"a.json": answer} if answer is not None else {}) as address:
        with pytest.raises(NotFetched) as reason:
            fetched(f"{address}a.json", QUICK)
        assert time.monotonic() - begun < 20, "a hub waits for its limit, and not for a server"
    assert str(reason.value) == sentence


def test_what_comes_in_time_is_given_as_it_is() -> None:
    with hub.served({"a.json": "{å}".encode()}) as address:
        assert fetched(f"{address}a.json", QUICK) == "{å}".encode()


@pytest.mark.parametrize(
    "address", ["http://navigator.example/", "http://127.0.0.1.example/", "ftp://a.example/", "file:///etc/passwd"]
)
def test_only_secure_addresses_are_asked(address: str) -> None:
    with pytest.raises(NotFetched, match=r"^The address does not begin with https\.$"):
        fetched(address, QUICK)


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    with hub.served({}) as address:
        pass
    with pytest.raises(NotFetched, match=r"^The site could not be reached\.$"):
        fetched(address, QUICK)
