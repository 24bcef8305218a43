"""Lines and columns of a text, asked for in its order, so that a long text is counted through once."""

from macros.text.source import Spot


class Places:
    """The places of one text."""

    def __init__(self, text: str) -> None:
        self._text, self._line, self._start, self._done = text, 1, 0, 0

    def of(self, at: int, width: int = 1) -> Spot:
        """Give the place of a character, which is not before the last one asked for."""
        lines = self._text.count("\n", self._done, at)
        if lines:
            self._line += lines
            self._start = self._text.rfind("\n", self._done, at) + 1
        self._done = at
        return Spot(self._line, at - self._start + 1, width)
