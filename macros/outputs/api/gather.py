"""Documents that several sites publish, put together in one."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from pydantic import ValidationError

from macros.model.editions import order
from macros.outputs.api.projects import Counts, Document
from macros.outputs.api.published import REVISION

T = TypeVar("T")


def gather(texts: Iterable[tuple[str, str]]) -> Document:
    """Put published documents together, whatever editions their projects answered.

    A document that does not fit is left out, and `left_out` says why.

    Args:
        texts: Name of each document, for messages, and its text.

    Raises:
        ValueError: with the reasons, where no document is left.
    """
    found: list[Document] = []
    left_out: list[str] = []
    for name, text in texts:
        try:
            found.append(_fitting(text, found))
        except ValueError as reason:
            left_out.append(f"{name} is left out: {reason}")
    if not found:
        raise ValueError(" ".join(left_out) or "There is nothing to gather.")
    return found[0].model_copy(
        update={
            "edition": max((each.edition for each in found), key=order),
            "day": min(each.day for each in found),
            "sites": list(dict.fromkeys(site for each in found for site in each.sites)),
            "projects": [
                project.model_copy(update={"edition": project.edition or each.edition})
                for each in found
                for project in each.projects
            ],
            **{name: _agreed(getattr(each, name) for each in found) for name in ("uri", "site", "region", "licence")},
            "revision": REVISION,
            "levels_only": [project for each in found for project in each.levels_only],
            "not_shown": sum(each.not_shown for each in found),
            "left_out": [*(reason for each in found for reason in each.left_out), *left_out],
            "counts": _sum([each.counts for each in found]),
        }
    )


def _agreed(values: Iterable[T]) -> T | None:
    """Give what all documents say, if they say the same."""
    first, *others = values
    return first if all(other == first for other in others) else None


def _fitting(text: str, others: Iterable[Document]) -> Document:
    """Read a document that can be put together with others.

    Raises:
        ValueError: why it cannot.
    """
    if not text.strip():
        raise ValueError("it cannot be read, or there is nothing in it.")
    try:
        read = Document.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the text"
        raise ValueError(f"it is not a published document of version 1: {place}: {first['msg']}.") from None
    everyone = [*others, read]
    pages = [(project.page, project.route) for each in everyone for project in each.projects]
    pages += [(project.page, project.route) for each in everyone for project in each.levels_only]
    if twice := [page for (page, _), count in Counter(pages).items() if count > 1]:
        raise ValueError(f"{twice[0]} is in two of the documents.")
    if different := [other.stages for other in others if other.stages != read.stages]:
        raise ValueError(f"it has {read.stages} stages and the others have {different[0]}, so levels differ.")
    return read


def _sum(parts: Iterable[Counts | None]) -> Counts | None:
    """Add counts up; nothing where one of them is not known."""
    known = list(parts)
    if None in known:
        return None
    return Counts(**{name: sum(getattr(part, name) for part in known) for name in Counts.model_fields})
