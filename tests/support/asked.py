"""Questions to the search of a site, asked as the script of the theme asks them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from playwright.sync_api import Page

Answer: TypeAlias = list[list[dict[str, Any]]]
"""Pages, best first, each with what was found on it."""

ASK = """async ([worker, questions]) => {
  const index = await (await fetch("/search/search_index.json")).json();
  const search = new Worker(worker);
  const ask = (message) => new Promise((done) => {
    search.onmessage = (event) => done(event.data.data);
    search.postMessage(message);
  });
  await ask({ type: 0, data: { ...index, options: { suggest: false } } });
  const answers = {};
  for (const question of questions) answers[question] = (await ask({ type: 2, data: question })).items;
  return answers;
}"""
"""Ask the worker as the theme's script does; a second script for every question would take a minute."""


def answered(page: Page, questions: Collection[str]) -> dict[str, Answer]:
    """Ask every question of the site that a page is at the root of."""
    worker = page.evaluate("new URL(JSON.parse(document.getElementById('__config').textContent).search, location).href")
    found: dict[str, Answer] = page.evaluate(ASK, [worker, [*questions]])
    return found


def pages_of(answer: Answer) -> list[str]:
    """List the pages that were found, by their addresses in the site."""
    return [group[0]["location"].partition("#")[0] for group in answer]
