"""The start of a project: its first file, where to put it, and the lines that report an item. Pure functions."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from string import Template
from typing import NamedTuple

from macros.engine.portfolio import Portfolio
from macros.fields.placeholders import handed_out
from macros.model.handbook import Handbook
from macros.model.items import Item
from macros.model.statuses import WRITTEN
from macros.sheets.blank import Whole
from macros.sheets.questions import blank as blank_sheet
from macros.text.dates import Month
from macros.text.messages import N_, Language

SCHEMA = "# yaml-language-server: $schema=../docs/schema/v1/project.json"
REGION_SCHEMA = "# yaml-language-server: $schema=../region/schema/project.json"
WIDEST = 100  # characters of a comment in a line
CONTACT = N_("ATMP coordinator, eye clinic"), N_("a role, never a person"), N_("today, whenever an answer changes")
USUAL_MONTHS = 6  # planned ahead in an example, where the item has no lead time


class Choice(NamedTuple):
    """What a first file depends on. `donor` is None where the modality settles who gives the cells."""

    modality: str
    donor: str | None
    route: str

    @property
    def name(self) -> str:
        """The words of the choice, as one name."""
        return "--".join(part for part in self if part)

    @property
    def path(self) -> str:
        """Where the site keeps the file."""
        return f"start/{self.name}.yml"


def deliveries(handbook: Handbook, modality: str) -> list[str]:
    """Name the ways in which genes can be changed, the usual one first; none where the modality settles it."""
    possible = handbook.frame.modalities[modality].delivery
    return [*possible] if len(possible) > 1 else []


def choices(handbook: Handbook) -> Iterator[Choice]:
    """List every modality, with each possible donor where that is open, on every route."""
    for modality in handbook.frame.modalities:
        possible: list[str | None] = [*handbook.possible_donors(modality)]
        for donor in possible or [None]:
            for route in handbook.frame.routes:
                yield Choice(modality, donor, route)


def blank(handbook: Handbook, choice: Choice, day: date, *, short: bool = False) -> str:
    """Write the first file of a project without a name."""
    modality, donor, route = choice
    lead = next(iter(handbook.frame.partners))
    return skeleton(handbook, modality=modality, donor=donor, routes=[route], lead=lead, day=day, short=short)


def first_files(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Make the first file of every choice: path in the site, content."""
    for choice in choices(portfolio.handbook):
        yield choice.path, blank(portfolio.handbook, choice, portfolio.day).encode()


def blank_sheets(portfolio: Portfolio, _: str) -> Iterator[tuple[str, bytes]]:
    """Make the blank workbook of every choice: path in the site, content."""
    handbook = portfolio.handbook
    whole = Whole(handbook, portfolio.day)
    for choice in choices(handbook):
        product = {name: word for name, word in choice._asdict().items() if word}
        yield choice.path.removesuffix(".yml") + ".xlsx", whole.cut(blank_sheet(handbook, product))


def skeleton(
    handbook: Handbook,
    *,
    modality: str,
    donor: str | None,
    routes: Sequence[str],
    lead: str,
    day: date,
    title: str = "",
    summary: str = "",
    short: bool = False,
    upto: int | None = None,
    delivery: str | None = None,
) -> str:
    """Write the first status file of a project, with comments in the language of the handbook: nothing is assessed yet.

    Args:
        donor: Needed where the modality leaves open who gives the cells; left out elsewhere.
        routes: One or more; every item that is asked on one of them is written.
        day: The day of `assessed` and of the examples.
        title: Left out, it is to be filled in; so is the summary.
        short: Write only the items of the first stage, so that the file fits into an address.
        upto: Write only the items due up to this stage, so that the past is confirmed in one sitting.
        delivery: How genes are changed; left out, it is the usual way of the modality.
    """
    last = min(handbook.frame.stages) if short else upto
    asked = {item.name for route in routes for item in handbook.asked(modality, donor, route, delivery)}
    given = handed_out(handbook.language.code)
    texts = title or given.title, summary or given.summary
    lines = [
        *_head(handbook, *texts, [*_product(handbook, modality, donor, delivery)], routes, lead, day),
        *_legend(handbook.language, day, last),
        "status:",
    ]
    area = ""
    for item in _by_stage(item for item in handbook.items.values() if item.name in asked):
        if last is None or item.stage <= last:
            lines += [f"  {item.area}:"] * (item.area != area) + _question(item, handbook.language, short=short)
            area = item.area
    return "\n".join([*lines, ""])


def _by_stage(items: Iterable[Item]) -> list[Item]:
    """Order items by the first stage of their area, and within their area by stage, as an area stands there once."""
    listed = list(items)
    first: dict[str, int] = {}
    for item in listed:
        first[item.area] = min(item.stage, first.get(item.area, item.stage))
    areas = list(first)
    return sorted(listed, key=lambda item: (first[item.area], areas.index(item.area), item.stage))


def _head(
    handbook: Handbook,
    title: str,
    summary: str,
    product: Sequence[str],
    routes: Sequence[str],
    lead: str,
    day: date,
) -> list[str]:
    """Write what stands above the answers."""
    frame, say = handbook.frame, handbook.language.gettext
    middle = list(frame.stages)[len(frame.stages) // 2]
    goal = Month.at(Month.of(day).ordinal + 24)
    contact, role, today = map(say, CONTACT)
    passed = say(N_("pass stage %(stage)s by this month")) % {"stage": middle}
    return [
        REGION_SCHEMA if handbook.region else SCHEMA,
        f"checklist: {frame.edition}",
        f"title: {_text(title)}",
        f"summary: {_text(summary)}",
        *product,
        f"route: {routes[0]}" if len(routes) == 1 else f"route: [{', '.join(routes)}]",
        f"lead: {lead}  # {_one_of(handbook, frame.partners)}",
        *_hospitals(handbook),
        f"# contact: {contact}  # {role}",
        f"assessed: {day}  # {today}",
        f"# targets: {{{middle}: {goal}}}  # {passed}",
    ]


def _hospitals(handbook: Handbook) -> list[str]:
    """Write the line on the hospital, where a region has several."""
    names = [*handbook.region.hospitals] if handbook.region else []
    return [f"# hospital: {names[0]}  # {_one_of(handbook, names)}"] if names else []


def _one_of(handbook: Handbook, words: Iterable[str]) -> str:
    return handbook.language.gettext(N_("one of: %(words)s")) % {"words": ", ".join(words)}


def _product(handbook: Handbook, modality: str, donor: str | None, delivery: str | None) -> Iterator[str]:
    """Write what kind of product it is; a delivery that nobody has named follows from the modality."""
    yield f"modality: {modality}"
    if handbook.possible_donors(modality):
        yield f"donor: {donor}"
    if usual := deliveries(handbook, modality)[:1]:
        other, *more = (word for word in deliveries(handbook, modality) if word not in usual)
        words = N_("or %(others)s; left out, it is %(usual)s") if more else N_("left out, it is %(usual)s")
        left_out = handbook.language.gettext(words) % {"others": ", ".join(more), "usual": usual[0]}
        yield f"delivery: {delivery}" if delivery else f"# delivery: {other}  # {left_out}"


def _legend(language: Language, day: date, last: int | None) -> list[str]:
    """Say above the answers what can be written, and which items are left out."""
    less = language.gettext(N_("Items due up to stage %(stage)s. The other items can be added later.")) % {
        "stage": last
    }
    how = language.gettext(N_("Empty means that nobody has looked. After the colon write one of these:"))
    return [
        *([] if last is None else [f"# {less}"]),
        f"# {how}",
        *(f"#   {answer}" for answer in _answers(language, day).values()),
    ]


def _question(item: Item, language: Language, *, short: bool) -> list[str]:
    """Write one empty answer under its question, and unless it is to be short, how one knows that it is done."""
    gate, other = N_("%(title)s (stage %(stage)s, gate: needs since and evidence)"), N_("%(title)s (stage %(stage)s)")
    title = language.gettext(gate if item.gate else other) % {
        "title": " ".join(item.title.split()),
        "stage": item.stage,
    }
    return [
        f"    # {title}",
        *(() if short else _done(language.gettext(N_("Done when:")), item.done_when)),
        f"    {item.anchor}:",
    ]


@cache
def _done(before: str, words: str) -> list[str]:
    """Write how one knows that an item is done, as comments; kept, as every first file has them."""
    wrapped = textwrap.wrap(
        f"{before} {' '.join(words.split())}", WIDEST, break_long_words=False, break_on_hyphens=False
    )
    return [f"    #   {line}" for line in wrapped]


def _answers(language: Language, day: date) -> dict[str, str]:
    """Write an example of each status as it stands after the colon."""
    given = handed_out(language.code)
    values = {"day": day, "planned": Month.at(Month.of(day).ordinal + USUAL_MONTHS)}
    values |= {"evidence": _text(given.evidence), "reason": _text(given.reason)}
    return {word: Template(status.example).substitute(values) for word, status in WRITTEN.items()}


def _text(text: str) -> str:
    """Put text in quotes that keep colons, braces and # in it harmless."""
    return json.dumps(text, ensure_ascii=False)
