"""What a change means: the records of a comparison of two handbooks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Found(NamedTuple):
    """A finding by what tells it from others: its kind, how much it matters, and the track or partner it is about."""

    kind: str
    severity: str
    subject: str


@dataclass(frozen=True)
class Exit:
    """The earliest month in which a stage could be passed, before and after; empty where no month can be given.

    Attributes:
        target: The month the team wants now; empty for none.
        late: Months by which the target is missed now; 0 when it can be met, or there is none.
    """

    was: str
    now: str
    target: str = ""
    late: int = 0


@dataclass(frozen=True)
class Effect:
    """What changed for one project on one route.

    Attributes:
        route_is: "kept", "added" or "given-up".
        levels: Track → level before and after, where they differ; all of them for a route added or given up.
        own_levels: The same for the region's own level, where the region has gates of its own.
        opened, closed: Findings that came and went.
        passed, lost: Gates that began and ceased to count.
        inherited: Those of `passed` that the region provides.
        exits: Stage → the earliest month in which it could be passed, where it moved.
        late, in_time: Items that are late now and were not, and the other way round.
        moved: Item → start-by month before and after, where both exist and differ.
    """

    route: str
    route_is: Literal["kept", "added", "given-up"] = "kept"
    levels: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    own_levels: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    opened: tuple[Found, ...] = ()
    closed: tuple[Found, ...] = ()
    passed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    exits: Mapping[int, Exit] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    in_time: tuple[str, ...] = ()
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        nothing = Effect(self.route, levels={track: pair for track, pair in self.levels.items() if not any(pair)})
        return self != nothing


@dataclass(frozen=True)
class Acknowledged:
    """A finding that the team says it knows and lives with, or no longer says so.

    Attributes:
        kind: Which finding.
        because, until: Why and until when now; empty where the acknowledgement is withdrawn.
        was: Until when it was acknowledged before; empty where it was not.
        severities: How much the finding matters now, on the routes where it is found; empty where it is not found.
    """

    kind: str
    because: str
    until: str
    was: str = ""
    severities: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProjectChange:
    """What changed in one status file, and what that does.

    Attributes:
        kind: "added", "removed" or "changed".
        formerly: The name it had before; empty where that is the same.
        first: Items answered for the first time, with their status.
        again: Items whose status changed: before and after.
        withdrawn: Items that have no answer any more.
        set_aside: Items newly said not to apply, with the reason.
        planned: Item → planned month before and after; empty text for none.
        targets: Stage → month before and after; empty text for none.
        acknowledged: Acknowledgements that came, went or changed.
        confirmed, unconfirmed: Track and stage now confirmed as a whole, and no longer.
        head: Name of the head → value before and after: edition, kind, product, donor, delivery, route, lead,
            what is published.
        other: Names of the head that changed in meaning and have no short value: metrics, events.
        words: How many answers changed in their evidence, note or date alone.
        like: A project that is removed at the same time and has nearly the same answers.
    """

    id: str
    title: str
    kind: Literal["added", "removed", "changed"]
    formerly: str = ""
    effects: tuple[Effect, ...] = ()
    first: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)
    planned: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    targets: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    acknowledged: tuple[Acknowledged, ...] = ()
    confirmed: tuple[tuple[str, int], ...] = ()
    unconfirmed: tuple[tuple[str, int], ...] = ()
    head: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    words: int = 0
    like: str = ""

    @property
    def only_wording(self) -> bool:
        """Nothing changed but words, dates or evidence, and nothing that is computed moves."""
        alone = ProjectChange(self.id, self.title, "changed", words=self.words)
        return self == alone

    @property
    def moves_nothing(self) -> bool:
        """Answers changed, and nothing that is computed moves with them."""
        heavy = self.effects or self.head or self.other or self.formerly or self.acknowledged
        return self.kind == "changed" and not self.only_wording and not heavy


@dataclass(frozen=True)
class RuleChange:
    """What changed in the checklists, and which projects' results it moves.

    Attributes:
        added, retired, removed: Full names of items.
        meaning: Item → names of its fields that changed and can move results.
        wording: Items of which only words changed.
        own_gates: Those of `added` that are gates of the region's own: they hold the own level, not the shared one.
        waived: Items that a layer does not use any more, each with the reason.
        released: Items that do not wait any more for one of `waived`.
        used_again: Items that a layer did not use, and does now.
        facilities: Title → what a facility of the region is and meets, before and after; empty text for none.
        publish: How much the region publishes of its projects, before and after; empty where it is the same.
        rules: Named rules, events or thresholds that changed.
        moved: Project → effects of the rules alone.
    """

    added: tuple[str, ...] = ()
    retired: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    meaning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wording: tuple[str, ...] = ()
    own_gates: tuple[str, ...] = ()
    waived: Mapping[str, str] = field(default_factory=dict)
    released: tuple[str, ...] = ()
    used_again: tuple[str, ...] = ()
    facilities: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    publish: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    moved: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self != RuleChange(moved=self.moved)


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
