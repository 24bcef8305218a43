"""Records of `api/v1/checklist.json` beside the items: words of the frame, areas, sources and rules."""

from pydantic import Field

from macros.outputs.api.published import DAY, Published


class Word(Published):
    """A word of the frame, such as a partner or a route."""

    name: str = Field(description="Its name.")
    title: str = Field(description="What it is called.")
    about: str = Field(description="A sentence or two that explain it.")
    layer: str = Field(description="The layer that added it; empty for the shared checklists.")


class ModalityWord(Word):
    """A kind of product."""

    donor: str | None = Field(description="Who gives the cells; null where this kind of product leaves it open.")
    delivery: list[str] = Field(description="How genes can be changed in it, the usual way first; empty: any way.")


class RouteWord(Word):
    """A lawful way to patients."""

    milestones: list[str] = Field(description="Items to which its page shows the longest chain.")


class StageRecord(Published):
    """One of the stages that the tracks share."""

    number: int = Field(gt=0, description="Its number.")
    title: str = Field(description="What it is called.")
    entry: str = Field(description="What is in place when it begins.")
    exit: str = Field(description="What is in place when it is passed.")


class AreaRecord(Published):
    """A group of items within a track."""

    name: str = Field(description="Its name.")
    title: str = Field(description="What it is called.")
    intro: str = Field(description="One paragraph that a newcomer understands.")
    track: str = Field(description="The track that it belongs to.")
    layer: str = Field(description="The layer that added it; empty for the shared checklists.")
    reviewed: str | None = Field(pattern=DAY, description="The day on which it was signed off; null: nobody has yet.")
    reviewed_by: str | None = Field(description="The role that signed it off; null: nobody has yet.")


class SourceRecord(Published):
    """A source. One that is not `confirmed` must not be shown as confirmed."""

    name: str = Field(description="Its name.")
    title: str = Field(description="Its title.")
    publisher: str | None = Field(description="Who has published it.")
    number: str | None = Field(description="The number of the document.")
    date: str | None = Field(description="When it was published, as far as it is known.")
    kind: str | None = Field(description="law, guideline, authority, peer-reviewed or other; null: not said.")
    url: str | None = Field(description="Where it can be read.")
    more_urls: list[str] = Field(description="Further places where it can be read.")
    reading: str | None = Field(description="at-source, through-another or not-read; null: not said.")
    confirmed: bool = Field(description="true: somebody has read it at its source.")
    checked: str = Field(pattern=DAY, description="The day on which somebody last looked at it.")
    note: str | None = Field(description="What is not confirmed, and what else one should know.")
    layer: str = Field(description="The layer that added it; empty for the shared checklists.")


class FindingTextRecord(Published):
    """A kind of finding: what it is called, why it matters, and what to do first."""

    kind: str = Field(description="Its name, as findings have it under `kind`.")
    title: str = Field(description="What it is called.")
    why: str = Field(description="Why it matters.")
    first_move: str = Field(description="What to do first, and who does it.")
    layer: str = Field(description="The layer that added it; empty for the shared checklists.")


class ConditionRecord(Published):
    """When a named rule applies: all clauses that are not empty must be met."""

    done: list[str] = Field(description="Items that are all met.")
    started: list[str] = Field(description="Items that are all met or in progress.")
    open: list[str] = Field(description="Items that all apply and are not met.")
    open_any: list[str] = Field(description="Items of which at least one applies and is not met.")
    not_started: list[str] = Field(description="Items that all apply and have not begun.")
    working_stage: dict[str, int] = Field(description="Track → the stage that its work has reached.")
    planned_within: dict[str, int] = Field(description="Item → it is planned within so many months.")
    modality: list[str] = Field(description="The kinds of product.")
    route: str | None = Field(description="The route; null: any.")
    metric_below: dict[str, float] = Field(description="Figure → it was entered and is below this.")


class RuleRecord(FindingTextRecord):
    """A named rule: it applies when one of its conditions is met."""

    who: list[str] = Field(description="The partners who move first.")
    sources: list[str] = Field(description="What it rests on: names of sources.")
    act: list[ConditionRecord] = Field(description="Act when one of these is met.")
    watch: list[ConditionRecord] = Field(description="Watch when one of these is met.")


class EventRecord(FindingTextRecord):
    """A kind of event, and the items to look at again after it."""

    who: list[str] = Field(description="The partners who move first.")
    items: list[str] = Field(description="The items to look at again.")


class MotionRecord(Published):
    """A law or guideline that is about to change."""

    name: str = Field(description="Its name.")
    title: str = Field(description="The law or guideline.")
    date: str | None = Field(pattern=DAY, description="The day from which it applies; null: there is none yet.")
    state: str = Field(description="How far it has come.")
    effect: str = Field(description="What it changes for a project.")
    items: list[str] = Field(description="The items it touches.")
    confirmed: bool = Field(description="true: somebody has read it at its source.")
    checked: str = Field(pattern=DAY, description="The day on which somebody last looked at it.")
    sources: list[str] = Field(description="Where this is from: names of sources.")
    layer: str = Field(description="The layer that added it; empty for the shared checklists.")
