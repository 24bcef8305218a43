"""How a view says that pages can call it, and where its HTML goes. A view is a function that is given a context."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, TypeVar

from markupsafe import Markup

F = TypeVar("F", bound=Callable[..., Markup])
M = TypeVar("M", bound=Callable[..., str])


class Kind(Enum):
    """What a view returns, and when a page gets it."""

    BLOCK = "HTML, kept away from Markdown and put in when that is done"
    INLINE = "the same, inside a sentence"
    LATE = "HTML, put in last: outside Markdown and the search index"
    MARKDOWN = "Markdown"


class View(NamedTuple):
    """A function of a context and the arguments of a call, and where its result goes."""

    function: Callable[..., str]
    kind: Kind


class Registry(dict[str, View]):
    """Views by the name of their function, which is how pages call them. The methods are decorators."""

    def block(self, function: F) -> F:
        """Register a view whose HTML is put in after Markdown."""
        return self._register(function, Kind.BLOCK)

    def inline(self, function: F) -> F:
        """Register a view whose HTML stands inside a sentence."""
        return self._register(function, Kind.INLINE)

    def late(self, function: F) -> F:
        """Register a view whose HTML is put in last."""
        return self._register(function, Kind.LATE)

    def markdown(self, function: M) -> M:
        """Register a view that returns Markdown."""
        return self._register(function, Kind.MARKDOWN)

    def _register(self, function: M, kind: Kind) -> M:
        self[function.__name__] = View(function, kind)
        return function
