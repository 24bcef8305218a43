"""The rows of a project's long tables: pieces that projects share, and the project's own words between them."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup, escape

from macros.engine.assess import Standing, State
from macros.engine.forecast import Plan
from macros.engine.report import ProjectReport
from macros.model.items import Item
from macros.model.status_file import Answer
from macros.text.slugs import web_address
from macros.views.base import View
from macros.views.fragments import joined

NOTHING = Markup("")


class Rows(View):
    """Writes rows, cells and lines for the templates of projects."""

    def gap_rows(self, report: ProjectReport, states: tuple[State, ...]) -> Markup:
        """Write the rows of open items."""
        return joined(self._gap_row(report, state) for state in states)

    def _gap_row(self, report: ProjectReport, state: State) -> str:
        rows, answer, waiting = self.rows, state.answer, self.holds_up(state, report)
        note = when = evidence = NOTHING
        if answer:
            note = rows.remark(answer.note) if answer.note else NOTHING
            when = rows.gap_when(answer.planned, answer.since) if answer.planned or answer.since else NOTHING
            evidence = self.evidence(answer.evidence)
        held = rows.waiting(waiting) if waiting else NOTHING
        row: str = rows.gap_row(state, report.assessment.past, bool(evidence), note, held, when, evidence)
        return row

    def met_rows(self, states: list[State]) -> Markup:
        """Write the rows of what is met."""
        return joined(self._met_row(state, state.answer) for state in states if state.answer)

    def _met_row(self, state: State, answer: Answer) -> str:
        rows, evidence = self.rows, self.evidence(answer.evidence)
        status = rows.met_status(state) if state.unsupported or state.inherited or state.renewed else NOTHING
        note = rows.remark(answer.note) if answer.note else NOTHING
        since = rows.met_since(answer.since, answer.reviewed)
        row: str = rows.met_row(state.item, bool(evidence), status, note, since, evidence)
        return row

    def evidence(self, text: str | None) -> Markup:
        """Show evidence, if any is given; an address becomes a link."""
        if not text:
            return NOTHING
        address = web_address(text)
        return self.rows.linked(address, text) if address else escape(text)

    def open_items(self, states: list[State]) -> Markup:
        """List open items in a line each."""
        return joined(map(self.rows.open_item, states))

    def stage_cells(self, standing: Standing, targets: Collection[int]) -> Markup:
        """Write the cells of one track in the picture of levels."""
        reached = [(standing.level, "passed"), (standing.level + 1, "blocked"), (standing.working_stage, "begun")]
        return joined(
            self.rows.stage_cell(
                next((kind for upto, kind in reached if number <= upto), ""),
                number <= standing.working_stage,
                number in targets,
                count.met,
                count.asked,
            )
            for number, count in standing.counts.items()
        )

    def holds_up(self, state: State, report: ProjectReport) -> list[Item]:
        """List the open items of the project that require this one, gates first."""
        states = report.assessment.states
        waiting = [
            states[name].item
            for name in self.handbook.needed_by[state.item.name]
            if name in states and states[name].open
        ]
        return sorted(waiting, key=lambda item: (not item.gate, item.stage))

    def plan_rows(self, report: ProjectReport, plans: list[Plan]) -> Markup:
        """Write the rows of dated items."""
        rows = self.rows
        return joined(
            rows.plan_row(
                plan,
                Markup(self.chain(report, plan.state.item.name, plan.target)),  # noqa: S704
                rows.plan_date(plan),
            )
            for plan in plans
        )

    def chain(self, report: ProjectReport, name: str, target: int) -> str:
        """Show what sets an item's date: the items from it to the target; what comes after an item is kept."""
        if self._chains[0] is not report:
            self._chains = report, {}
        made = self._chains[1]
        if (name, target) not in made:
            step = report.forecast.step(name, target)
            if step.driver:
                after = " → ", self.chain(report, step.driver, target)
            else:
                after = "", self.rows.chain_end(target, report.project.targets.get(target))
            made[name, target] = "".join((self.rows.chain_step(step), *after))
        return made[name, target]

    _chains: tuple[ProjectReport | None, dict[tuple[str, int], str]] = (None, {})
    """The chains of the look that was shown last."""
