"""What the pages show of a region: who is who, what it provides, and what differs from the shared handbook."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from macros.model.editions import order, word_difference
from macros.model.items import AppliedChange, Item
from macros.model.status_file import ProjectKind
from macros.views.base import macro
from macros.views.projects import ProjectViews


@dataclass(frozen=True)
class Difference:
    """One item that a layer has added, changed or waived.

    Attributes:
        what: added, changed or waived.
        layer: What the layer is called.
        fields: Field → shared value and value here, as text.
    """

    what: str
    item: Item
    layer: str
    because: str
    fields: dict[str, tuple[str, str]]
    applied: AppliedChange | None = None


class RegionViews(ProjectViews):
    """Views of a region; all of them say so where there is none."""

    @macro
    def region_set_up(self) -> Markup:
        """Show who each partner is here, what the region provides and who decides what."""
        authorities = [
            (layer.title, entry) for layer in self.handbook.layers for entry in layer.overlay.authorities.values()
        ]
        region = self.handbook.region
        if region:
            authorities += [(region.name, entry) for entry in region.authorities.values()]
        return self.render("region_set_up", region=region, authorities=authorities)

    @macro
    def region_differences(self) -> Markup:
        """List everything that differs from the shared handbook, with its reason."""
        found = self.differences()
        groups = {what: [d for d in found if d.what == what] for what in ("added", "changed", "waived")}
        return self.render("region_differences", groups=groups, region=self.handbook.region)

    @macro
    def region_accessibility(self) -> Markup:
        """Show the accessibility statement."""
        return self.render("region_accessibility", region=self.handbook.region)

    def differences(self) -> list[Difference]:
        """List added, changed and waived items, layer by layer."""
        book, found = self.handbook, []
        for item in book.every_item.values():
            if item.layer:
                found.append(Difference("added", item, book.layer_title(item.layer), item.because or "", {}))
            for applied in item.changes:
                fields = {name: self._values(item, applied, name) for name in applied.fields}
                title, because = book.layer_title(applied.layer), applied.change.because or ""
                found.append(Difference("changed", item, title, because, fields, applied))
        for name, waived in book.waived.items():
            because = waived.waiver.because or ""
            found.append(Difference("waived", book.every_item[name], book.layer_title(waived.layer), because, {}))
        return found

    def _values(self, item: Item, applied: AppliedChange, field: str) -> tuple[str, str]:
        shared = item.shared or item
        return self._in_words(getattr(shared, field), field), self._in_words(getattr(applied.change, field), field)

    def _in_words(self, value: object, field: str) -> str:
        frame = self.handbook.frame
        if value is None or value == ():
            return "none"
        if field in ("owner", "supports"):
            names = (value,) if isinstance(value, str) else value
            return ", ".join(frame.partners[name].title for name in names)  # type: ignore[attr-defined]
        if field == "role":
            return frame.roles[str(value)].title
        if field == "gate":
            return "a gate" if value else "no gate"
        months = getattr(value, "months", value)
        low, high = getattr(value, "range", (months, months))
        return f"{months} months" + (f" ({low} to {high})" if low != high else "")

    @macro
    def project_notices(self, project: str) -> Markup:
        """Show what a reader must know before the picture: another edition, a level of the region's own."""
        subject, reports = self.handbook.projects[project], self.reports(project)
        if subject.kind is ProjectKind.RETROSPECTIVE:
            return Markup()
        states = [state for report in reports for state in report.assessment.states.values()]
        behind = [
            report
            for report in reports
            if report.assessment.new or any(state.renewed for state in report.assessment.states.values())
        ]
        inherited = {state.item.name: state for state in states if state.inherited}.values()
        own = self.handbook.has_local_gates
        if not (own or inherited or subject.checklist != self.handbook.frame.edition):
            return Markup()
        moved = {name: self.handbook.retired[name] for name in subject.answers if name in self.handbook.retired}
        return self.render(
            "project_notices",
            project=subject,
            reports=reports,
            behind=behind,
            own=own,
            inherited=inherited,
            moved=moved,
        )

    def word_difference(self, item: Item, edition: str) -> Markup:
        """Show how the question has changed in meaning since an edition: words gone and words new."""
        since = [r for r in item.revised if r.kind == "meaning" and order(r.edition) > order(edition)]
        was = min(since, key=lambda revision: order(revision.edition)).was
        return self.render("word_difference", parts=word_difference(was or "", item.done_when))
