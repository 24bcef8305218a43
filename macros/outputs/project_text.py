"""All that is computed for a project, as text that a person reads in a terminal: `python -m macros report`.

It is in the language of the handbook. Lines have at most 88 characters. What a terminal would obey or hide is
replaced, wherever it comes from.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from macros.assessment.assess import Standing
from macros.assessment.forecast import ASK as TO_LOOK_AT
from macros.assessment.forecast import BY, LATE, NOW, UNDER_WAY, Outlook, Plan
from macros.assessment.states import State
from macros.engine.moves import Move
from macros.engine.report import ProjectReport
from macros.findings.fact import Facts
from macros.findings.finding import Finding
from macros.findings.severity import ASK, Severity
from macros.model.handbook import Handbook, titles
from macros.text.dates import Month
from macros.text.messages import ENGLISH, N_, NN_, Language, Message, Name, Value
from macros.text.report import printable

WIDTH = 88
SHOWN = 5  # items to start later, causes of a finding, and questions, before the rest is counted
MOVES = 10
NEVER = Month(9999, 12)
WORDS = {LATE: N_("late"), NOW: N_("start now"), TO_LOOK_AT: N_("ask"), BY: N_("start by"), UNDER_WAY: N_("under way")}
"""When → what is said before an item that has dates; the others are counted."""
DATES, NO_DATE, START_BY, DONE_BY = N_("Dates"), N_("no date"), N_("start by"), N_("done by")
HELD, HELD_HERE, MORE = N_("held by"), N_("held here by"), N_("and %(n)s more")
STAGE = N_("stage %(n)s")
QUESTIONS = NN_("and %(num)s more question", "and %(num)s more questions")
LATE_EXIT = NN_(
    "%(month)s at the earliest, target %(target)s: %(num)s month late",
    "%(month)s at the earliest, target %(target)s: %(num)s months late",
)


def as_text(reports: Iterable[ProjectReport]) -> str:
    """Write reports as text, with an empty line between the parts of each."""
    rows = [row for report in reports for part in _Text(report).parts() for row in [*part, ""]]
    return "\n".join([printable(row) for row in rows[:-1]] + [""])


def sentence_of(facts: Facts, handbook: Handbook, language: Language = ENGLISH) -> str:
    """Write the sentence of a finding."""
    values = {place: _in_words(value, handbook) for place, value in facts.values.items()}
    one, many = facts.sentence
    number = values.get("num")
    said = language.ngettext(one, many, number) if many and isinstance(number, int) else language.gettext(one)
    return said % values


def _in_words(value: Value, handbook: Handbook) -> Value:
    if not isinstance(value, Name):
        return value
    return value.between.join(titles(handbook, value)) + " …" * (len(value.words) > value.most)


class _Text:
    """The text of one report, in the words of its handbook."""

    def __init__(self, report: ProjectReport) -> None:
        self.report, self.handbook = report, report.handbook
        self.language = report.handbook.language
        self.tracks = {name: titles(self.handbook, Name("track", (name,)))[0] for name in report.assessment.tracks}
        inside = report.handbook.language.inside
        self.severities = {severity: inside(self.say(severity.badge.label)) for severity in Severity}
        self.words = {when: self.say(word) for when, word in WORDS.items()}

    def say(self, text: str, **values: object) -> str:
        said = self.language.gettext(text)
        return said % values if values else said

    def say_many(self, message: Message, number: int, **values: object) -> str:
        return self.language.ngettext(*message, number) % {"num": number, **values}

    def parts(self) -> Iterator[Iterable[str]]:
        report = self.report
        yield self._head()
        yield [self.say(N_("Levels")), *(row for one in report.assessment.tracks.values() for row in self._track(one))]
        yield [self.say(N_("Findings")), *self._or_none(self._findings(report.findings))]
        if report.assessment.past:
            none = self.say(N_("none: this is a retrospective, read from public sources"))
            yield [self.say(N_("Dates and next moves")), *_wrapped("  ", none)]
            return
        yield [self._dates_head(), *self._or_none(self._dates(report.forecast.plans))]
        yield [self.say(N_("Outlook")), *self._or_none(map(self._outlook, report.forecast.outlook))]
        yield [self.say(N_("Next moves")), *self._or_none(self._moves(report.moves))]

    def _head(self) -> Iterator[str]:
        project, assessment = self.report.project, self.report.assessment
        route = self.handbook.frame.routes[assessment.route].title
        days = {"day": assessment.day, "assessed": project.assessed}
        yield from _wrapped("", f"{project.title} ({project.id})")
        yield from _wrapped("", self.say(N_("%(route)s. Day %(day)s, assessed %(assessed)s."), route=route, **days))

    def _track(self, standing: Standing) -> Iterator[str]:
        name = self.tracks[standing.track]
        yield from _wrapped(f"  {name:<{_wide(self.tracks, 12)}}", "; ".join(self._levels(standing)))
        for state in standing.blocking:
            yield from _wrapped(f"    {self.say(HELD)} ", _named(state))
        for state in standing.own_blocking:
            yield from _wrapped(f"    {self.say(HELD_HERE)} ", _named(state))

    def _levels(self, standing: Standing) -> Iterator[str]:
        known = {"level": standing.level, "all": len(self.handbook.frame.stages), "stage": standing.working_stage}
        yield self.say(N_("level %(level)s of %(all)s, working stage %(stage)s"), **known)
        if standing.possible_level > standing.level:
            yield self.say(N_("%(n)s possible"), n=standing.possible_level)
        if standing.own_level != standing.level:
            yield self.say(N_("%(n)s with the region's own gates"), n=standing.own_level)
        if standing.renewed_level != standing.level:
            edition = self.handbook.frame.edition
            yield self.say(N_("%(n)s under edition %(edition)s"), n=standing.renewed_level, edition=edition)

    def _findings(self, findings: Iterable[Finding]) -> Iterator[str]:
        """Show what to act on and to watch, then the first questions, and count the rest."""
        asked = 0
        for finding in findings:
            asked += finding.severity == ASK
            if finding.severity != ASK or asked <= SHOWN:
                yield from self._finding(finding)
        if asked > SHOWN:
            ask = f"  {self.severities[ASK]:<{_wide(self.severities, 7)}}"
            yield f"{ask}{self.say_many(QUESTIONS, asked - SHOWN)}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        words, wide = self.handbook.finding_texts[finding.kind], _wide(self.severities, 7)
        severity, margin = self.severities[finding.severity], " " * (wide + 2)
        lead = f"{severity:<{wide}}"
        if known := finding.acknowledged:
            until = N_("%(severity)s, acknowledged until %(month)s")
            lead = f"{self.say(until, severity=severity, month=known.until)}: "
        sentence = sentence_of(finding.facts, self.handbook, self.language)
        yield from _wrapped(f"  {lead}", f"{words.title}. {sentence}", margin=len(margin))
        if finding.severity != ASK:
            yield from _wrapped(margin, self.say(N_("First move: %(move)s"), move=words.first_move))
        for mark, names in (("-", finding.items), ("?", finding.unanswered)):
            for name in names[:SHOWN]:
                yield from _wrapped(f"{margin}{mark} ", f"{self.handbook.items[name].title} ({name})")
            if len(names) > SHOWN:
                yield f"{margin}{mark} {self.say(MORE, n=len(names) - SHOWN)}"

    @property
    def _columns(self) -> tuple[int, int]:
        """How wide the words before a date are, and a date."""
        when = _wide([*self.words.values(), self.say(NO_DATE)], 11)
        return when, _wide([self.say(START_BY), self.say(DONE_BY)], 10)

    def _dates_head(self) -> str:
        when, date = self._columns
        return f"{self.say(DATES):<{when + 2}}{self.say(START_BY):<{date}}{self.say(DONE_BY)}"

    def _dates(self, plans: Mapping[str, Plan]) -> Iterator[str]:
        """Show what is late or starts now, then what starts first, and count the rest."""
        soonest = sorted(plans.values(), key=lambda plan: plan.start_by or plan.finish_by or NEVER)
        wide, date = self._columns
        for when, words in self.words.items():
            mine = [plan for plan in soonest if plan.when == when]
            shown = mine if when in (LATE, NOW) else mine[:SHOWN]
            for plan in shown:
                months = "".join(f"{month or '-'!s:<{date}}" for month in (plan.start_by, plan.finish_by))
                yield from _wrapped(f"  {words:<{wide}}{months}", _named(plan.state))
            if len(mine) > len(shown):
                yield f"  {words:<{wide}}{self.say(MORE, n=len(mine) - len(shown))}"
        if undated := sum(plan.when not in WORDS for plan in soonest):
            why = self.say(N_("%(n)s for want of a target or a lead time"), n=undated)
            yield f"  {self.say(NO_DATE):<{wide}}{why}"

    def _outlook(self, outlook: Outlook) -> str:
        stage = f"  {self.say(STAGE, n=outlook.stage)}    "
        months = {"month": outlook.earliest, "target": outlook.target}
        if outlook.target is None:
            return stage + self.say(N_("%(month)s at the earliest"), **months)
        late = outlook.earliest.ordinal - outlook.target.ordinal
        if late > 0:
            return stage + self.say_many(LATE_EXIT, late, **months)
        return stage + self.say(N_("%(month)s at the earliest, target %(target)s: can be met"), **months)

    def _moves(self, moves: tuple[Move, ...]) -> Iterator[str]:
        for number, move in enumerate(moves[:MOVES], 1):
            owner = self.handbook.frame.partners[move.state.item.owner].title
            yield from _wrapped(f"  {number:>2}  ", f"{_named(move.state)}, {owner}")
        if len(moves) > MOVES:
            yield f"      {self.say(MORE, n=len(moves) - MOVES)}"

    def _or_none(self, rows: Iterable[str]) -> list[str]:
        none = self.language.pgettext("report", "none")
        return [*rows] or [f"  {none}"]


def _named(state: State) -> str:
    return f"{state.item.title} ({state.item.name})"


def _wide(words: Mapping[str, str] | Iterable[str], least: int) -> int:
    """Say how wide a column is: as its longest word and a space, or more."""
    listed = words.values() if isinstance(words, Mapping) else words
    return max(least, *(len(word) + 1 for word in listed))


def _wrapped(lead: str, text: str, margin: int = 0) -> list[str]:
    """Break text into lines; those after the first begin under its beginning, or at a margin."""
    words, under = " ".join(text.split()), " " * (margin or len(lead))
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=under, break_on_hyphens=False)
