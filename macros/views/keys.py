"""The keys of a status file, explained in the order of the model, each with an example."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from macros.checks.words import vocabulary
from macros.fields.markers import Within, fields_of, named
from macros.language.explained import KEYS, STATUS, STATUS_FILE, record_within
from macros.model.handbook import Handbook
from macros.model.status_file import StatusFile
from macros.model.statuses import WRITTEN
from macros.text.messages import N_
from macros.views.context import PageContext, Registry, as_entities, in_english

VIEWS = Registry()

MOST = 12  # words that are listed; more have a page of their own
ELSEWHERE = {"area": "areas/index.md", "answer": "areas/index.md", "finding": "rules.md"}
"""Kind of word → the page that lists its words, where they are many."""

EXAMPLES = {
    "checklist": "checklist: $edition",
    "kind": "kind: illustration",
    "title": "title: Retinal pigment cells for dry macular degeneration",
    "summary": "summary: Banked cells from a donor line, for adults who are losing their central vision.",
    "modality": "modality: $modality",
    "donor": "donor: patient",
    "delivery": "delivery: viral-vector",
    "route": "route: [$routes]",
    "lead": "lead: university",
    "publish": "publish: without-details",
    "hospital": "hospital: university-hospital",
    "contact": "contact: ATMP coordinator, eye clinic",
    "formerly": "formerly: [retina-cells]",
    "assessed": "assessed: $day",
    "targets": "targets: {5: 2029-06, 8: 2036-12}",
    "metrics": "metrics: {collection-success: 0.85}",
    "confirmed": """confirmed:
  clinical:
    6: {since: 2026-03-14, evidence: Decision 2026-501234-12-00, checklist: $edition}""",
    "status": """status:
  analytics:
    potency-assay-developed: {status: met, since: 2026-03-14, evidence: SOP ANA-014}
    potency-assay-qualified: {status: in-progress, planned: 2027-02}
    release-specification: not-met
    release-methods:""",
    "events": """events:
  - {date: 2026-05-04, kind: owner-change, text: The rights went to a new company., reviewed: 2026-06-01}""",
    "readings": """readings:
  - {day: 2012-11, note: One month after the authorisation.}""",
    "outcome": """outcome:
  date: 2024-12-13
  text: The company withdrew it from the market.
  sources: [ema-alofisel-withdrawn]
  findings: {borrowed-evidence-or-money: The second trial that it owed did not show the benefit.}""",
    "acknowledged": """acknowledged:
  late: {because: The supplier changes and the new date follows in May., until: 2027-05}""",
    "status.status": "status: met",
    "status.since": "since: 2026-03-14",
    "status.evidence": "evidence: Report ANA-021",
    "status.reviewed": "reviewed: 2026-10",
    "status.planned": "planned: 2027-02",
    "status.because": "because: The product holds no vector.",
    "status.note": "note: Two batches are still under test.",
    "status.owed": "owed: true",
    "status.earlier": "earlier: [{status: met, since: 2024-02}]",
    "confirmed.since": "since: 2026-03-14",
    "confirmed.evidence": "evidence: Decision 2026-501234-12-00",
    "confirmed.checklist": "checklist: $edition",
    "events.date": "date: 2026-05-04",
    "events.kind": "kind: owner-change",
    "events.text": "text: The rights went to a new company.",
    "events.reviewed": "reviewed: 2026-06-01",
    "readings.day": "day: 2012-11",
    "readings.note": "note: One month after the authorisation.",
    "outcome.date": "date: 2024-12-13",
    "outcome.text": "text: The company withdrew it from the market.",
    "outcome.sources": "sources: [ema-alofisel-withdrawn]",
    "outcome.findings": "findings: {borrowed-evidence-or-money: The second trial did not show the benefit.}",
    "acknowledged.because": "because: The supplier changes and the new date follows in May.",
    "acknowledged.until": "until: 2027-05",
}
"""Place in the file, with a point → what can stand there."""


@VIEWS.markdown
def status_keys(context: PageContext) -> str:
    """Explain every key of a status file, in the order of the model."""
    words = _words(context.handbook)
    return "\n\n".join(
        part for name, about in fields_of(StatusFile).items() for part in _explained(context, name, about, words)
    )


def _words(handbook: Handbook) -> Mapping[str, Any]:
    return {**vocabulary(handbook), "answer": [*handbook.items]}


def example(handbook: Handbook, place: str, day: str) -> str:
    """Write the example of a key; empty where there is none."""
    frame = handbook.frame
    first = next(name for name, found in frame.modalities.items() if found.donor)
    values = {"$edition": frame.edition, "$modality": first, "$routes": ", ".join(frame.routes), "$day": day}
    text = EXAMPLES.get(place, "")
    for sign, word in values.items():
        text = text.replace(sign, word)
    return text


def _explained(context: PageContext, name: str, about: Any, words: Mapping[str, Any]) -> Iterator[str]:
    field = StatusFile.model_fields[name]
    yield f"### `{name}` {{#{name}{in_english(context)}}}"
    say = context.handbook.language.gettext
    needed = [say(N_("Always there."))] if field.is_required() else []
    yield " ".join([_said(context, name), *needed, *_one_of(words, name, say)])
    yield f"```yaml\n{example(context.handbook, name, str(context.day))}\n```"
    if inner := record_within(about):
        rows = [_row(context, name, word) for word in fields_of(inner)]
        head = [say(N_("Inside it")), say(N_("What it says")), say(N_("Example"))]
        yield "\n".join([f"| {' | '.join(head)} |", "| --- | --- | --- |", *rows])


def _said(context: PageContext, place: str) -> str:
    """Give the explanation of a key in the language of the page; else in English, which is said."""
    language, english = context.handbook.language, KEYS[place]
    said = language.pgettext(f"{STATUS_FILE}/{place}", english)
    there = language.is_english or (f"{STATUS_FILE}/{place}", english) in language.said
    return as_entities(said) if there else f'<span lang="en">{as_entities(said)}</span>'


def _row(context: PageContext, name: str, word: str) -> str:
    place = f"{name}.{word.replace('_', '-')}"
    if place == STATUS:
        said = "; ".join(f"`{status}`: {_said(context, f'{place}.{status}')}" for status in WRITTEN)
    else:
        said = _said(context, place)
    key = place.partition(".")[2]
    return f"| `{key}` | {said} | `{example(context.handbook, place, str(context.day))}` |"


def _one_of(words: Mapping[str, Any], name: str, say: Callable[[str], str]) -> Iterator[str]:
    """List the words that a key knows, or lead to the page that does."""
    for steps, kind in named(StatusFile):
        if steps[0] != name or kind not in words or len(steps) > 2 or (len(steps) == 2 and steps[1] is Within.VALUE):
            continue
        if len(steps) == 1 or steps[1] in (Within.NAME, Within.ENTRY):
            if 0 < len(words[kind]) <= MOST:
                one_of, listed = say(N_("One of:")), ", ".join(f"`{word}`" for word in words[kind])
                yield f"{one_of} {listed}."
            elif kind in ELSEWHERE:
                all_names = say(N_("All names"))
                yield f"[{all_names}]({ELSEWHERE[kind]})"
