"""One document of another site, over https, without redirects, within limits of time and size."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is waited for.

    Attributes:
        seconds: From the first question to the last byte.
        size: Bytes of a document.
    """

    seconds: float = 10.0
    size: int = 10_000_000


class NotFetched(Exception):
    """A document did not come; says why in one sentence."""


class _NoRedirects(HTTPRedirectHandler):
    """Refuses every other address: only those of `network.yml` are asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing: the answer is then one that refuses the document."""


def fetched(address: str, limits: Limits) -> bytes:
    """Give the bytes of a document.

    A thread of its own asks for it. A server that sends single bytes, or none, can keep that thread waiting, but not
    whoever called.

    Args:
        address: Begins with `https://`, or with `http://127.0.0.1:` in tests.

    Raises:
        NotFetched: why it did not come.
    """
    parts = urlsplit(address)
    local = parts.scheme == "http" and parts.hostname == LOCAL
    if not local and parts.scheme != "https":
        raise NotFetched("The address does not begin with https.")
    late = NotFetched(f"The site did not send the document within {limits.seconds:g} seconds.")
    outcome: list[bytes | NotFetched] = []
    end = time.monotonic() + limits.seconds

    def ask() -> None:
        try:
            outcome.append(_asked(_opener(local), address, limits, end, late))
        except NotFetched as reason:
            outcome.append(reason)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(limits.seconds)
    answer = outcome[0] if outcome else late
    if isinstance(answer, NotFetched):
        raise answer
    return answer


def all_fetched(
    addresses: Mapping[str, str], limits: Limits, one: Callable[[str, Limits], bytes] = fetched
) -> dict[str, bytes | NotFetched]:
    """Fetch several documents at the same time: name → its bytes, or why it did not come."""
    found: dict[str, bytes | NotFetched] = {}

    def keep(name: str, address: str) -> None:
        try:
            found[name] = one(address, limits)
        except NotFetched as reason:
            found[name] = reason

    threads = [threading.Thread(target=keep, args=entry, daemon=True) for entry in addresses.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: found[name] for name in addresses}


def _opener(local: bool) -> OpenerDirector:
    return build_opener(_NoRedirects, *([ProxyHandler({})] if local else []))


def _asked(opener: OpenerDirector, address: str, limits: Limits, end: float, late: NotFetched) -> bytes:
    request = Request(address, headers={"Accept": "application/json", "User-Agent": "navigator-hub"})  # noqa: S310
    try:
        with opener.open(request, timeout=limits.seconds) as answer:
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise NotFetched("The site sends the document compressed, which was not asked for.")
            return _read(answer, limits, end, late)
    except HTTPError as error:
        error.close()
        raise NotFetched(_refused(error.code)) from None
    except TimeoutError:
        raise late from None
    except (URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise NotFetched(_unreached(error)) from None


def _read(answer: Any, limits: Limits, end: float, late: NotFetched) -> bytes:
    """Read an answer piece by piece, as long as there is time, and no more than the limit."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(65_536):
        size += len(piece)
        if size > limits.size:
            raise NotFetched(f"The document has more than {limits.size:,} bytes.")
        if time.monotonic() > end:
            raise late
        pieces.append(piece)
    expected = answer.headers.get("Content-Length", "")
    if expected.isdigit() and int(expected) != size:
        raise NotFetched("The document ended before it was complete.")
    return b"".join(pieces)


def _refused(code: int) -> str:
    if 300 <= code < 400:
        return "The site leads on to another address. Write its present address in network.yml."
    if code in (404, 410):
        return f"The site has no such document (status {code})."
    return f"The site refused the document (status {code})."


def _unreached(error: Exception) -> str:
    """Say why a site was not reached, without a word that came from it."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "The site did not answer in time."
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "The certificate of the site is not valid."
    if isinstance(cause, ssl.SSLError):
        return "No secure connection to the site could be made."
    if isinstance(cause, http.client.HTTPException):
        return "The site did not answer in the way that the web prescribes."
    return "The site could not be reached."
