"""What the form in the browser checks while somebody types: limits, patterns, and the sentences of `check` itself.

The sentences are not written a second time. A small status file with one mistake is checked for each of them, and
what `check` says of it is kept, with the mistake's own words left open. So the form cannot say anything else.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from macros.checks.projects import PROJECT_CHECKS
from macros.checks.warnings import EARLIEST, slips
from macros.fields.placeholders import EVIDENCE, HANDED_OUT, LONGEST, PLACEHOLDER, TEXTS
from macros.fields.shape import shape
from macros.fields.types import MAX_TEXT
from macros.load.files import RESERVED, file_name
from macros.model.handbook import Handbook
from macros.model.status_file import Project, StatusFile
from macros.privacy import addresses, identity, scan, secrets, trace
from macros.text.messages import Language
from macros.text.problem import ERROR, Problem, in_language
from macros.text.reader import read
from macros.text.slugs import MAX_NAME


class Probe(NamedTuple):
    """One mistake.

    Attributes:
        kind: What `check` calls it.
        lines: What a sound status file says instead of its own lines, by their names.
        places: A text of the mistake → the name of the place that it leaves open.
    """

    kind: str
    lines: Mapping[str, str]
    places: Mapping[str, str] = {}


def sentences(handbook: Handbook, day: date) -> dict[str, list[Any]]:
    """Say what `check` says: name of the mistake → sentence, what to write instead, and whether it stops the file.

    Words that depend on the mistake stand in braces.
    """
    found = {name: _said(probe, handbook, day) for name, probe in _probes(handbook, day)}
    found["bad-name"] = next(file_name("projects/A b.yml", Path("A b.yml")), None)
    found["name-taken"] = next(file_name("projects/new.yml", Path("new.yml")), None)
    found["private"] = next(scan.private_data(_source("AKIA" + "A" * 16)), None)
    language = handbook.language
    places: dict[str, Mapping[str, str]] = {name: probe.places for name, probe in _probes(handbook, day)}
    what: Mapping[str, str] = {str(language.say(secrets.TOKEN)): "what"}
    return {
        name: _shown(in_language(problem, language), places.get(name, what))
        for name, problem in found.items()
        if problem is not None
    }


def _probes(handbook: Handbook, day: date) -> Iterator[tuple[str, Probe]]:
    """List the mistakes that the form can be given."""
    gate = next(item for item in handbook.items.values() if item.gate)
    track, stage = next(iter(handbook.frame.tracks)), max(handbook.frame.stages)

    def answer(words: str) -> dict[str, str]:
        return {"status": f"\n  {gate.area}:\n    {gate.anchor}: {words}"}

    shown = f"since: {day}, evidence: Report 1"
    later, before = "2097-05", "2096-03"
    yield "not-a-date", Probe("not-a-date", answer('{status: met, evidence: R, since: "WORD"}'), {"WORD": "value"})
    yield (
        "no-such-day",
        Probe("not-a-date", answer("{status: met, evidence: R, since: 2019-02-30}"), {"2019-02-30": "value"}),
    )
    yield "not-a-day", Probe("not-a-date", {"assessed": "2019-03"}, {"2019-03": "value"})
    yield "not-a-month", Probe("not-a-month", {"targets": f'{{{stage}: "WORD"}}'}, {"WORD": "value"})
    yield (
        "future-date",
        Probe(
            "future-date",
            answer("{status: met, evidence: R, since: 2099-12-31}"),
            {"2099-12-31": "value", "2099-12": "month"},
        ),
    )
    yield (
        "future-assessed",
        Probe("future-date", {"assessed": "2099-12-31"}, {"2099-12-31": "value", "2099-12": "month"}),
    )
    yield (
        "long-ago",
        Probe("long-ago", answer("{status: met, evidence: R, since: 1901-02-03}"), {"1901-02-03": "value"}),
    )
    yield (
        "answered-later",
        Probe(
            "answered-later",
            {"assessed": "2001-02-03", **answer("{status: met, evidence: R, since: 2002-03-04}")},
            {"2001-02-03": "assessed", "2002-03-04": "value"},
        ),
    )
    yield "plan-is-past", Probe("plan-is-past", answer("{status: not-met, planned: 2001-02}"), {"2001-02": "value"})
    yield "target-is-past", Probe("target-is-past", {"targets": f"{{{stage}: 2001-02}}"}, {"2001-02": "value"})
    yield (
        "targets-order",
        Probe(
            "targets-order",
            {"targets": f"{{{stage - 1}: {later}, {stage}: {before}}}"},
            {
                later: "month",
                before: "value",
                str(stage): "later",
                str(stage - 1): "stage",
            },
        ),
    )
    for name, words in {"since": "evidence: R", "evidence": f"since: {day}", "both": ""}.items():
        yield f"gate-{name}", Probe("gate-unsupported", answer(f"{{status: met{', ' * bool(words)}{words}}}"))
        whole = f"\n  {track}: {{{stage}: {{checklist: {handbook.frame.edition}{', ' * bool(words)}{words}}}}}"
        yield f"confirmed-{name}", Probe("confirmed-unsupported", {"confirmed": whole})
    yield (
        "placeholder-evidence",
        Probe("placeholder", answer(f"{{status: met, since: {day}, evidence: TBD}}"), {"TBD": "value"}),
    )
    yield (
        "placeholder-because",
        Probe("placeholder", answer("{status: not-applicable, because: TBD}"), {"TBD": "value"}),
    )
    yield "template-words", Probe("template-words", {"title": TEXTS["en"].title})
    yield "too-long", Probe("too-long", {"title": "x" * (MAX_TEXT + 1)}, {str(MAX_TEXT + 1): "value"})
    yield "missing-text", Probe("missing-text", {"title": '""'})
    yield "reason-missing", Probe("reason-missing", answer("not-applicable"))
    event = next(iter(handbook.events), "")
    when = f"{{date: 2002-03-04, kind: {event}, text: A thing, reviewed: 2001-02-03}}"
    yield (
        "reviewed-before",
        Probe("reviewed-before", {"events": f"[{when}]"}, {"2002-03-04": "date", "2001-02-03": "value"}),
    )
    since = f"{{status: met, {shown}, earlier: [{{status: met, since: 2999}}]}}"
    yield (
        "earlier-order",
        Probe("earlier-order", answer(since.replace("2999", "2099")), {"2099": "value", str(day): "since"}),
    )
    yield "earlier-since", Probe("earlier-order", answer("{status: not-met, earlier: [{status: met, since: 2001}]}"))


def _said(probe: Probe, handbook: Handbook, day: date) -> Problem | None:
    """Check a file with one mistake, and return what is said of it."""
    frame = handbook.frame
    modality = next((name for name, found in frame.modalities.items() if found.donor), next(iter(frame.modalities)))
    head = {
        "checklist": frame.edition,
        "title": "A project",
        "summary": "What it is.",
        "modality": modality,
        "route": next(iter(frame.routes)),
        "lead": next(iter(frame.partners)),
        "assessed": str(day),
    }
    text = "".join(f"{name}: {words}\n" for name, words in {**head, **probe.lines}.items())
    source, problems = read("projects/probe.yml", text.encode())
    status = problems or shape(StatusFile, source)
    if isinstance(status, list):
        problems = status
    else:
        project = Project.model_construct(**dict(status), id="probe")
        problems = [problem for check in PROJECT_CHECKS for problem in check(project, source, handbook, day)]
        problems += slips(project, source, handbook, day)
    return next((problem for problem in problems if problem.kind == probe.kind), None)


def _source(line: str) -> Any:
    return read("projects/probe.yml", f"note: {line}\n".encode())[0]


def _shown(problem: Problem, places: Mapping[str, str]) -> list[Any]:
    """Leave the words of the mistake open."""

    def opened(text: str) -> str:
        for word, place in places.items():
            text = text.replace(word, place if "{" in place else f"{{{place}}}")
        return text

    return [opened(problem.sentence), opened(problem.fix), problem.severity == ERROR]


def limits() -> dict[str, Any]:
    """Give the numbers and words that the form compares with."""
    return {
        "text": MAX_TEXT,
        "name": MAX_NAME,
        "taken": sorted(RESERVED),
        "earliest": EARLIEST,
        "longest": LONGEST,
        "placeholder": _js(PLACEHOLDER),
        "given": sorted(HANDED_OUT),
        "evidence": EVIDENCE,
    }


ABROAD = r"(?<![\w./-])\(?(?:\+|00 ?)[1-9](?:[ ()./-]*[0-9]){6,13}(?!\w)"
"""A telephone number from abroad, for a browser: what a library decides for `check`, in one expression."""


def privacy(language: Language) -> dict[str, Any]:
    """Give the patterns of what must not be published, as a browser reads them; it counts check digits itself.

    Args:
        language: The one in which it says what has been found.
    """
    called = {form.country: form.what for form in identity.FORMS} | {
        "mail": addresses.MAILBOX,
        "telephone": addresses.TELEPHONE,
        "spaced": identity.OF_ANY,
    }
    return {
        "path": _js(trace.PATH),
        "mail": [_js(pattern) for pattern in (addresses.MAIL, addresses.QUOTED, addresses.SPELT)],
        "home": [rf"(?<![\w./-])(?:{addresses.AT_HOME.pattern})(?!\w)", "g"],
        "telephone": [[ABROAD, "g"], _js(addresses.CALLED), _js(addresses.SPACED)],
        "document": _js(addresses.OF_A_DOCUMENT),
        "identity": [[form.country, *_js(form.pattern)] for form in identity.FORMS],
        "spaced": _js(identity.SPACED),
        "secrets": [[language.say(what), *_js(pattern)] for what, pattern in secrets.PATTERNS],
        "called": {name: language.say(what) for name, what in called.items()},
    }


def _js(pattern: re.Pattern[str]) -> list[str]:
    """Write an expression for a browser: its source and its flags."""
    source = pattern.pattern
    return [source.removeprefix("(?i)"), "gi" if pattern.flags & re.IGNORECASE else "g"]
