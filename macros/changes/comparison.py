"""What a change means: the records of a comparison of two handbooks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from macros.findings.finding import Finding


@dataclass(frozen=True)
class Effect:
    """What changed for one project on one route.

    Attributes:
        levels: Track → level before and after, where they differ.
        opened, closed: Findings that came and went.
        passed, lost: Gates that began and ceased to count.
        moved: Item → start-by month before and after, where both exist and differ.
    """

    route: str
    levels: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    opened: tuple[Finding, ...] = ()
    closed: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.levels or self.opened or self.closed or self.passed or self.lost or self.moved)


@dataclass(frozen=True)
class ProjectChange:
    """What changed in one status file, and what that does.

    Attributes:
        kind: "added", "removed" or "changed".
        first: Items answered for the first time.
        again: Items whose status changed: before and after.
        withdrawn: Items that have no answer any more.
        set_aside: Items newly said not to apply, with the reason.
        targets: Stage → month before and after; empty text for none.
        other: Names of the head that changed in meaning: modality, donor, route, lead, metrics, events.
    """

    id: str
    title: str
    kind: str
    effects: tuple[Effect, ...] = ()
    first: tuple[str, ...] = ()
    again: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    other: tuple[str, ...] = ()

    @property
    def only_wording(self) -> bool:
        """Nothing changed but words, dates or evidence without an effect."""
        meaning = (self.effects, self.first, self.again, self.withdrawn, self.set_aside, self.targets, self.other)
        return self.kind == "changed" and not any(meaning)


@dataclass(frozen=True)
class RuleChange:
    """What changed in the checklists, and which projects' results it moves.

    Attributes:
        added, retired, removed: Full names of items.
        meaning: Item → names of its fields that changed and can move results.
        wording: Items of which only words changed.
        rules: Named rules, events or thresholds that changed.
        moved: Project → effects of the rules alone.
    """

    added: tuple[str, ...] = ()
    retired: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    meaning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wording: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    moved: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.retired or self.removed or self.meaning or self.wording or self.rules)


@dataclass(frozen=True)
class Comparison:
    """All that changed between two handbooks; `titles` holds those of all kinds of finding of either."""

    projects: tuple[ProjectChange, ...]
    rules: RuleChange
    titles: Mapping[str, str]

    @property
    def nothing(self) -> bool:
        """Nothing changed in meaning, nor in words."""
        return not self.projects and not self.rules
