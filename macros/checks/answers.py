"""Words that answer nothing: one small generator for each rule, whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros.fields.placeholders import is_handed_out, is_placeholder
from macros.model.handbook import Handbook
from macros.model.status_file import Project
from macros.text.messages import M_
from macros.text.problem import Problem, kind
from macros.text.source import Path, Source


@kind("template-words")
def template_words_are_replaced(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """Words of the template are replaced by your own.

    "Number or link" says what belongs there, and so do "One sentence that says why" and the title and the summary of
    a first file. Write the number of the document, the reason, the name. Leave an answer empty as long as nobody knows.
    """
    texts: list[tuple[Path, str]] = [(("title",), project.title), (("summary",), project.summary)]
    for path, text in [*texts, *_evidence_and_reasons(project)]:
        if is_handed_out(text):
            sentence = M_("these words are an example that says what to write here")
            yield source.problem("template-words", sentence, source.spot(path), M_("replace them by your own"))


@kind("placeholder")
def something_is_said(project: Project, source: Source, _: Handbook, __: date) -> Iterator[Problem]:
    """Evidence is a document or a link, and a reason is a sentence.

    `TBD`, `?`, `n/a` and the like do not count: a gate with such evidence does not raise the level, an item that is
    not applicable for such a reason is not assessed, and a finding with such a reason is not acknowledged.
    """
    for path, text in _evidence_and_reasons(project):
        if is_placeholder(text):
            fix = M_("write the document's number or a link") if path[-1] == "evidence" else M_("write a sentence")
            sentence = M_('"%(words)s" says nothing, so it does not count', words=text)
            yield source.problem("placeholder", sentence, source.spot(path), fix)


def texts(project: Project) -> Iterator[tuple[Path, str]]:
    """List what a team has written in its own words, with its place."""
    yield ("title",), project.title
    yield ("summary",), project.summary
    if project.contact:
        yield ("contact",), project.contact
    yield from _evidence_and_reasons(project)
    for area, answers in project.status.items():
        for word, answer in answers.items():
            if answer and answer.note:
                yield ("status", area, word, "note"), answer.note


def _evidence_and_reasons(project: Project) -> Iterator[tuple[Path, str]]:
    """List what is given as evidence or as a reason, with its place; also of answers that do not count."""
    for area, answers in project.status.items():
        for word, answer in answers.items():
            for field, text in (("evidence", answer.evidence), ("because", answer.because)) if answer else ():
                if text:
                    yield ("status", area, word, field), text
    for track, stage, whole in project.confirmations:
        if whole.evidence:
            yield ("confirmed", track, str(stage), "evidence"), whole.evidence
    for name, acknowledged in project.acknowledged.items():
        yield ("acknowledged", name, "because"), acknowledged.because
