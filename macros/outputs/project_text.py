"""All that is computed for a project, as text that a person reads in a terminal: `python -m macros report`.

Lines have at most 88 characters. What a terminal would obey or hide is replaced, wherever it comes from.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from macros.assessment.assess import Standing
from macros.assessment.forecast import ASK as TO_LOOK_AT
from macros.assessment.forecast import BY, LATE, NOW, UNDER_WAY, Outlook, Plan
from macros.engine.moves import Move
from macros.engine.report import ProjectReport
from macros.findings.fact import Facts
from macros.findings.finding import Finding
from macros.findings.severity import ASK
from macros.model.handbook import Handbook, titles
from macros.text.dates import Month
from macros.text.messages import Name, Value
from macros.text.report import printable

WIDTH = 88
SHOWN = 5  # items to start later, causes of a finding, and questions, before the rest is counted
MOVES = 10
NEVER = Month(9999, 12)
WORDS = {LATE: "late", NOW: "start now", TO_LOOK_AT: "ask", BY: "start by", UNDER_WAY: "under way"}
"""When → what stands before an item that has dates; the others are counted."""


def as_text(reports: Iterable[ProjectReport]) -> str:
    """Write reports as text, with an empty line between the parts of each."""
    rows = [row for report in reports for part in _parts(report) for row in [*part, ""]]
    return "\n".join([printable(row) for row in rows[:-1]] + [""])


def _parts(report: ProjectReport) -> Iterator[Iterable[str]]:
    assessment, handbook, past = report.assessment, report.handbook, report.assessment.past
    yield _head(report)
    yield ["Levels", *(row for standing in assessment.tracks.values() for row in _track(standing, handbook))]
    yield ["Findings", *_or_none(_findings(report.findings, handbook))]
    if past:
        yield ["Dates and next moves", "  none: this is a retrospective, read from public sources"]
        return
    yield ["Dates        start by  done by", *_or_none(_dates(report.forecast.plans))]
    yield ["Outlook", *_or_none(_outlook(each) for each in report.forecast.outlook)]
    yield ["Next moves", *_or_none(_moves(report.moves, handbook))]


def _head(report: ProjectReport) -> Iterator[str]:
    project, assessment = report.project, report.assessment
    route = report.handbook.frame.routes[assessment.route].title
    yield from _wrapped("", f"{project.title} ({project.id})")
    yield from _wrapped("", f"{route}. Day {assessment.day}, assessed {project.assessed}.")


def _track(standing: Standing, handbook: Handbook) -> Iterator[str]:
    level = f"level {standing.level} of {len(handbook.frame.stages)}, working stage {standing.working_stage}"
    if standing.possible_level > standing.level:
        level += f"; {standing.possible_level} possible"
    if standing.own_level != standing.level:
        level += f"; {standing.own_level} with the region's own gates"
    if standing.renewed_level != standing.level:
        level += f"; {standing.renewed_level} under edition {handbook.frame.edition}"
    yield from _wrapped(f"  {standing.track:<12}", level)
    for state in standing.blocking:
        yield from _wrapped("    held by ", f"{state.item.title} ({state.item.name})")
    for state in standing.own_blocking:
        yield from _wrapped("    held here by ", f"{state.item.title} ({state.item.name})")


def _findings(findings: Iterable[Finding], handbook: Handbook) -> Iterator[str]:
    """Show what to act on and to watch, then the first questions, and count the rest."""
    asked = 0
    for finding in findings:
        asked += finding.severity == ASK
        if finding.severity != ASK or asked <= SHOWN:
            yield from _finding(finding, handbook)
    if asked > SHOWN:
        yield f"  {ASK:<7}and {asked - SHOWN} more questions"


def _finding(finding: Finding, handbook: Handbook) -> Iterator[str]:
    words, known = handbook.finding_texts[finding.kind], finding.acknowledged
    severity = f"{finding.severity}, acknowledged until {known.until}: " if known else f"{finding.severity:<7}"
    sentence = sentence_of(finding.facts, handbook)
    yield from _wrapped(f"  {severity}", f"{words.title}. {sentence}", margin=9)
    if finding.severity != ASK:
        yield from _wrapped("         ", f"First move: {words.first_move}")
    for mark, names in (("-", finding.items), ("?", finding.unanswered)):
        for name in names[:SHOWN]:
            yield from _wrapped(f"         {mark} ", f"{handbook.items[name].title} ({name})")
        if len(names) > SHOWN:
            yield f"         {mark} and {len(names) - SHOWN} more"


def sentence_of(facts: Facts, handbook: Handbook) -> str:
    """Write the sentence of a finding."""
    values = {place: _in_words(value, handbook) for place, value in facts.values.items()}
    one, many = facts.sentence
    return (many if many and values["num"] != 1 else one) % values


def _in_words(value: Value, handbook: Handbook) -> Value:
    if not isinstance(value, Name):
        return value
    return value.between.join(titles(handbook, value)) + " …" * (len(value.words) > value.most)


def _dates(plans: Mapping[str, Plan]) -> Iterator[str]:
    """Show what is late or starts now, then what starts first, and count the rest."""
    soonest = sorted(plans.values(), key=lambda plan: plan.start_by or plan.finish_by or NEVER)
    for when, words in WORDS.items():
        mine = [plan for plan in soonest if plan.when == when]
        shown = mine if when in (LATE, NOW) else mine[:SHOWN]
        for plan in shown:
            months = "".join(f"{month or '-'!s:<10}" for month in (plan.start_by, plan.finish_by))
            yield from _wrapped(f"  {words:<11}{months}", f"{plan.state.item.title} ({plan.state.item.name})")
        if len(mine) > len(shown):
            yield f"  {words:<11}and {len(mine) - len(shown)} more"
    if undated := sum(plan.when not in WORDS for plan in soonest):
        yield f"  no date    {undated} for want of a target or a lead time"


def _outlook(outlook: Outlook) -> str:
    row = f"  stage {outlook.stage}    {outlook.earliest} at the earliest"
    if outlook.target is None:
        return row
    late = outlook.earliest.ordinal - outlook.target.ordinal
    missed = f"{late} month{'s' * (late != 1)} late" if late > 0 else "can be met"
    return f"{row}, target {outlook.target}: {missed}"


def _moves(moves: tuple[Move, ...], handbook: Handbook) -> Iterator[str]:
    for number, move in enumerate(moves[:MOVES], 1):
        item = move.state.item
        owner = handbook.frame.partners[item.owner].title
        yield from _wrapped(f"  {number:>2}  ", f"{item.title} ({item.name}), {owner}")
    if len(moves) > MOVES:
        yield f"      and {len(moves) - MOVES} more"


def _or_none(rows: Iterable[str]) -> list[str]:
    return [*rows] or ["  none"]


def _wrapped(lead: str, text: str, margin: int = 0) -> list[str]:
    """Break text into lines; those after the first stand under its beginning, or at a margin."""
    words, under = " ".join(text.split()), " " * (margin or len(lead))
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=under, break_on_hyphens=False)
