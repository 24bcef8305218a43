"""The rows of a project's long tables: pieces that projects share, and the project's own words between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from markupsafe import Markup, escape

from macros.assess import Standing, State
from macros.forecast import Plan
from macros.items import Item
from macros.look import Look
from macros.pieces import joined
from macros.view import View
from macros.words import web_address


class Rows(View):
    """Writes rows, cells and lines for the templates of projects."""

    def gap_rows(self, look: Look, states: tuple[State, ...]) -> Markup:
        """Write the rows of open items, of pieces that many projects share and the project's own words."""
        return joined(piece for state in states for piece in self._gap_row(look, state))

    def _gap_row(self, look: Look, state: State) -> Iterator[Markup]:
        rows, item, answer = self.rows, state.item, state.answer
        yield rows.row_head(item)
        if answer and answer.note:
            yield rows.remark(answer.note)
        if waiting := self.holds_up(state, look):
            yield rows.waiting(waiting)
        yield rows.gap_cells(state, look.assessment.past)
        if answer and (answer.planned or answer.since):
            yield rows.gap_when(answer.planned, answer.since)
        given = answer and answer.evidence
        yield rows.gap_evidence(None if given else item)
        if given:
            yield self.evidence(given)
        yield rows.row_end()

    def met_rows(self, states: list[State]) -> Markup:
        """Write the rows of what is met."""
        return joined(piece for state in states for piece in self._met_row(state))

    def _met_row(self, state: State) -> Iterator[Markup]:
        rows, item, answer = self.rows, state.item, state.answer
        assert answer  # noqa: S101  # as it is met
        yield rows.row_head(item)
        if state.unsupported or state.inherited or state.renewed:
            yield rows.met_status(state)
        if answer.note:
            yield rows.remark(answer.note)
        yield rows.met_cells(item)
        yield rows.met_since(answer.since, answer.reviewed)
        yield rows.met_evidence(bool(answer.evidence))
        if answer.evidence:
            yield self.evidence(answer.evidence)
        yield rows.row_end()

    def evidence(self, text: str) -> Markup:
        """Show evidence; an address becomes a link."""
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

    def holds_up(self, state: State, look: Look) -> list[Item]:
        """List the open items of the project that require this one, gates first."""
        states = look.assessment.states
        waiting = [
            states[name].item
            for name in self.handbook.needed_by[state.item.name]
            if name in states and states[name].open
        ]
        return sorted(waiting, key=lambda item: (not item.gate, item.stage))

    def plan_rows(self, look: Look, plans: list[Plan]) -> Markup:
        """Write the rows of dated items, of pieces that many projects share."""
        rows = self.rows
        return joined(
            piece
            for plan in plans
            for piece in (
                rows.plan_head(plan),
                self.chain(look, plan.state.item.name),
                rows.plan_date(plan),
                rows.plan_cells(plan.state.item),
            )
        )

    def chain(self, look: Look, name: str) -> str:
        """Show what sets an item's date: the items from it to the target; what comes after an item is kept."""
        if self._chains[0] is not look:
            self._chains = look, {}
        made = self._chains[1]
        if name not in made:
            plan = look.forecast.plans[name]
            if plan.driver:
                after = " → ", self.chain(look, plan.driver)
            else:
                after = "", self.rows.chain_end(plan.target, look.project.targets.get(plan.target))
            made[name] = "".join((self.rows.chain_step(plan), *after))
        return made[name]

    _chains: tuple[Look | None, dict[str, str]] = (None, {})
    """The chains of the look that was shown last."""
