"""The form *Report a change*: by keyboard and by pointer, on every project; what it writes, says and keeps."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, Route

from macros.edit.splice import apply
from macros.load.handbook import read_project
from macros.sheets.filled import filled
from macros.sheets.questions import of_project
from macros.sheets.workbook import workbook
from macros.sheets.xlsx import read_workbook
from macros.text.reader import read
from tests.support.browser import opened, served, settle, visit, wait_until
from tests.support.each import each
from tests.support.kinds_of_page import PROJECTS
from tests.support.paths import ROOT
from tests.support.site import Site
from tests.support.small import real
from tests.support.status_texts import invented
from tests.support.survey import UNFOLD, barriers
from tests.support.workbooks import FILLED, SAVED, meant, typed

Press = Callable[[Locator], None]
DAY = date.today()
OPENED = "#nav-send, #nav-form .nav-note, #nav-form fieldset"


def at(page: Page, address: str) -> None:
    """Open the form and wait until it is there."""
    visit(page, address)
    arrived(page)
    settle(page)


def arrived(page: Page) -> None:
    page.locator(OPENED).first.wait_for(state="attached")


@pytest.fixture
def form(browser: Browser, quick: str) -> Iterator[Page]:
    """The form of a project, with nothing said and nothing kept at the end."""
    with opened(browser, accept_downloads=True, reduced_motion="reduce") as (page, said):
        at(page, f"{quick}change/?project=retinal-cells")
        yield page
        assert said == []
        assert kept(page) == []


def kept(page: Page) -> list[str]:
    """Name what this page keeps on the device; the theme keeps which scheme was chosen."""
    return [name for name in page.evaluate("Object.keys(localStorage)") if "palette" not in name]


def by_pointer(target: Locator) -> None:
    target.click()


LOOK_OUT = """
(element) => {
  const reached = (found) => found === element || (element.type === "radio" && found.name === element.name);
  window.lookingOut?.abort();
  window.lookingOut = new AbortController();
  window.passed = reached(document.activeElement);
  window.reached = () => reached(document.activeElement);
  const note = (event) => (window.passed ||= reached(event.target));
  document.addEventListener("focusin", note, { signal: window.lookingOut.signal });
}
"""
STRIDE = 15  # presses of Tab between two looks, as each look takes longer than a press


BEHIND = """(element) => document.activeElement !== document.body
  && Boolean(element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""


def by_keyboard(target: Locator) -> None:
    """Go to an element with Tab alone, on the shorter way, and press the key that works it."""
    page, radio = target.page, target.get_attribute("type") == "radio"
    forwards, backwards = ("Shift+Tab", "Tab") if target.evaluate(BEHIND) else ("Tab", "Shift+Tab")
    target.evaluate(LOOK_OUT)
    for _ in range(50):
        if page.evaluate("passed"):
            break
        for _ in range(STRIDE):
            page.keyboard.press(forwards)
    else:
        raise AssertionError(f"Tab does not lead to {target}")
    while not page.evaluate("reached()"):
        page.keyboard.press(backwards)
    while not target.evaluate("(element) => element === document.activeElement"):
        page.keyboard.press("ArrowDown")
    if radio:
        page.keyboard.press("Space")
    elif target.evaluate("(element) => element.matches('summary, button, a')"):
        page.keyboard.press("Enter")


def write(press: Press, target: Locator, text: str) -> None:
    press(target)
    page = target.page
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def item(page: Page, name: str) -> Locator:
    return page.locator(f"#item-{name.replace('/', '--')}")


def unfold(press: Press, fold: Locator) -> None:
    """Open a fold that is closed."""
    if not fold.evaluate("(fold) => fold.open"):
        press(fold.locator("> summary"))


def answer(press: Press, page: Page, name: str, status: str, **fields: str) -> None:
    """Answer an item: its stage, the item, the status and what belongs to it."""
    found = item(page, name)
    unfold(press, found.locator("xpath=ancestor::details[1]"))
    unfold(press, found)
    press(found.locator(f"input[type=radio][value='{status}']"))
    for label, text in fields.items():
        write(press, found.get_by_label(re.compile(rf"^{label}( \(|$)")), text)


def download(press: Press, page: Page) -> str:
    with page.expect_download() as found:
        press(page.get_by_role("button", name="Download the file"))
    return Path(found.value.path()).read_bytes().decode()


def problems(text: str, tmp_path: Path, name: str = "retinal-cells") -> list[str]:
    """Check a file as the command does; only what stops it."""
    folder = tmp_path / "projects"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yml").write_bytes(text.encode())
    found: list[Any] = []
    read_project(tmp_path, f"projects/{name}.yml", real(), DAY, found)
    return [f"{problem.line}: {problem.sentence}" for problem in found if problem.severity == "problem"]


def file_of(project: str) -> str:
    return (ROOT / f"projects/{project}.yml").read_bytes().decode()


def six(project: str) -> list[dict[str, Any]]:
    """Six changes of a project: each status, a target, and an acknowledgement of a finding."""
    book, about = real(), real().projects[project]
    asked = [found for route in about.route for found in book.asked_of(about, route)]
    open_ = [
        found.name for found in asked if found.name not in about.answers or not about.answers[found.name].status.met
    ]
    done, way, no, *rest = (name.split("/") for name in dict.fromkeys(open_))
    not_yet = next(each for each in rest if str(getattr(about.answers.get("/".join(each)), "status", "")) != "not-met")
    stage = str(max(book.frame.stages))
    return [
        {"path": ["status", *done], "fields": {"status": "met", "since": "2026-03-14", "evidence": "Report 7: final"}},
        {"path": ["status", *way], "fields": {"status": "in-progress", "planned": "2031-02"}},
        {"path": ["status", *not_yet], "fields": {"status": "not-met"}},
        {"path": ["status", *no], "fields": {"status": "not-applicable", "because": "It is not used, as agreed."}},
        {"path": ["targets", stage], "value": "2049-05"},
        {"path": ["acknowledged", "late"], "fields": {"because": "We know.", "until": "2048-06"}},
    ]


LABELS = {"since": "Since", "evidence": "Evidence", "planned": "Planned month", "because": "Reason"}


def report(press: Press, page: Page, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make six changes in the form; gives those that it makes, with what a new status takes out."""
    made = []
    for change in wanted[:4]:
        _, area, word = change["path"]
        fields = dict(change["fields"])
        status = fields.pop("status")
        answer(press, page, f"{area}/{word}", status, **{LABELS[name]: text for name, text in fields.items()})
        made.append(change)
    unfold(press, page.locator("details", has=page.locator("> summary", has_text=re.compile("^Targets$"))).last)
    stage = wanted[4]["path"][1]
    write(press, page.get_by_label(re.compile(f"^Stage {stage}: ")).last, wanted[4]["value"])
    made.append(wanted[4])
    findings = page.locator("details.nav-form-fold", has=page.locator("> summary", has_text="Findings that")).first
    unfold(press, findings)
    first = findings.locator("details").first
    if first.count():
        unfold(press, first)
        write(press, first.get_by_label("Reason"), "We know.")
        write(press, first.get_by_label("Until"), "2048-06")
        kind = page.evaluate("() => window.navigatorForm.project.findings[0]?.[0]")
        before = page.evaluate(
            "() => Object.keys(NavigatorFile.read(window.navigatorForm.project.text).data.acknowledged ?? {})[0]"
        )
        made.append({"path": ["acknowledged", before or kind], "fields": wanted[5]["fields"]})
    return made


def expected(project: str, made: list[dict[str, Any]]) -> str:
    """Put the same changes into the file with the command's own splicer."""
    about = real().projects[project]
    changes = []
    for change in made:
        fields = change.get("fields")
        if change["path"][0] == "status" and fields:
            was = about.answers.get("/".join(change["path"][1:]))
            old = (
                {}
                if was is None
                else {
                    word
                    for word in ("since", "evidence", "reviewed", "planned", "because", "note")
                    if getattr(was, word)
                }
            )
            stay = {
                "met": {"reviewed", "note", "evidence"},
                "in-progress": {"planned", "evidence", "note"},
                "not-met": {"planned", "note"},
                "not-applicable": {"because", "note"},
            }[fields["status"]]
            same = was is not None and str(was.status) == fields["status"]
            gone = set() if same else {word for word in old if word not in stay and word not in fields}
            change = {**change, "fields": {**fields, **dict.fromkeys(gone)}}
        changes.append(change)
    return apply(file_of(project), [*changes, {"path": ["assessed"], "value": str(DAY)}])


@pytest.mark.parametrize(
    ("project", "press"), [*((project, by_pointer) for project in PROJECTS), ("retinal-cells", by_keyboard)]
)
def test_six_changes_give_the_file_that_is_meant_byte_by_byte(
    browser: Browser, quick: str, tmp_path: Path, project: str, press: Press
) -> None:
    with opened(browser, accept_downloads=True, reduced_motion="reduce") as (page, said):
        at(page, f"{quick}change/?project={project}")
        made = report(press, page, six(project))
        assert page.locator(".nav-form-list > li").count() == len(made)
        text = download(press, page)
        assert text == expected(project, made)
        assert problems(text, tmp_path, project) == []
        assert kept(page) == []
        assert said == []


ANSWERED = """async () => {
  const found = async (where) => {
    for (;;) {
      const element = where();
      if (element) return element;
      await new Promise((done) => setTimeout(done));
    }
  };
  const place = document.getElementById("item-materials--source-map");
  for (let fold = place; fold; fold = fold.parentElement.closest("details")) fold.open = true;
  (await found(() => place.querySelector("input[type=radio][value='in-progress']"))).click();
  const labels = () => [...place.querySelectorAll("label")];
  const month = (await found(() => labels().find((label) => label.textContent.startsWith("Planned month")))).control;
  month.value = "2039-01";
  for (const kind of ["input", "change"]) month.dispatchEvent(new Event(kind, { bubbles: true }));
}"""
"""Answers one item as a reader does, in one step: hands are tried on the projects themselves."""


def without_the_rest(site: Site) -> dict[str, bytes]:
    """Empty the scripts and styles that are not the form's, so that a page is opened quickly."""
    files = (path.relative_to(site.folder).as_posix() for path in site.folder.glob("assets/**/*.*s"))
    return {file: b"" for file in files if not file.startswith("assets/form/")}


def answered(page: Page, text: str) -> str | None:
    """Give a file as the answer makes it, by what the page works with; None where it refuses, always with a reason."""
    one = page.evaluate("(text) => NavigatorFile.read(text)", text)
    if "refused" not in one:
        was = (one["answers"] or {}).get("materials/source-map") or {}
        fields = {"status": "in-progress", "planned": "2039-01", **({"since": None} if "since" in was else {})}
        change = [{"path": ["status", "materials", "source-map"], "fields": fields}]
        change.append({"path": ["assessed"], "value": str(DAY)})
        one = page.evaluate("([text, change]) => NavigatorFile.apply(text, change)", [text, change])
    if "refused" in one:
        assert one["refused"]
        return None
    assert one["text"] == apply(text, change)
    return str(one["text"])


FIFTH = 5
"""Of each five files one is opened in the form; each kind has an even number of line ends, so all of them come."""


def test_hostile_and_invented_files_are_changed_as_meant_or_refused(browser: Browser, site: Site) -> None:
    """A file that cannot be read for certain is refused with a sentence; nothing else is offered then."""
    files, number = invented(), [*real().items].index("materials/source-map")
    about: dict[str, Any] = {"id": "odd", "asked": [number], "levels": [0, 0, 0], "findings": []}
    instead = dict(without_the_rest(site))
    seen: Counter[bool] = Counter()
    with (
        served(site.folder, instead) as address,
        opened(browser, accept_downloads=True, reduced_motion="reduce") as (page, said),
    ):
        for place, (name, text) in enumerate(files.items()):
            if place % FIFTH:
                seen[answered(page, text) is not None] += 1
                continue
            given = json.dumps({**about, "text": text})
            instead["change/p/odd.js"] = f"(window.navigatorForm ??= {{}}).project = {given};".encode()
            page.goto(f"{address}change/?project=odd")
            arrived(page)
            meant = answered(page, text)
            seen[meant is not None] += 1
            if page.locator("#nav-send").count() == 0:
                assert page.locator("#nav-form .nav-note").inner_text()
                assert meant is None, name
                continue
            page.evaluate(ANSWERED)
            offered = page.get_by_role("button", name="Download the file")
            offered.or_(page.locator("#nav-send ~ [aria-live] > *")).first.wait_for()
            assert bool(offered.count()) is (meant is not None), name
            if meant is not None:
                assert download(by_pointer, page) == meant, name
        assert said == []
    assert seen[True] > 50
    assert seen.total() == len(files)


# --- what it says ---

WRONG: list[tuple[str, str, str]] = [
    ("since", "met", "14/3/2026"),
    ("since", "met", "2026-3-4"),
    ("since", "met", "2026-02-30"),
    ("since", "met", "last week"),
    ("since", "met", "2099-01-01"),
    ("since", "met", "1912-01-01"),
    ("evidence", "met", "TBD"),
    ("evidence", "met", "?"),
    ("evidence", "met", "Number or link: report"),
    ("evidence", "met", "x" * 601),
    ("planned", "in-progress", "2027-13"),
    ("planned", "in-progress", "2027"),
    ("planned", "in-progress", "2027-02-15"),
    ("planned", "in-progress", "2001-02"),
    ("because", "not-applicable", "n/a"),
    ("because", "not-applicable", "One sentence that says why"),
    ("note", "not-met", "call 070-123 45 67"),
    ("note", "not-met", "anna@example.org"),
]


ITEM = "materials/procurement-sites"


def said_by_check(text: str, tmp_path: Path) -> list[str]:
    """Give what the command says of one field of the item, as the form writes it."""
    folder = tmp_path / "projects"
    folder.mkdir(exist_ok=True)
    (folder / "retinal-cells.yml").write_bytes(text.encode())
    found: list[Any] = []
    read_project(tmp_path, "projects/retinal-cells.yml", real(), DAY, found)
    shown = []
    for problem in found:
        if problem.kind not in ("trailing-space", "gate-unsupported"):
            fix = "" if re.search("[{…]", problem.fix) else f": {problem.fix}"
            sentence = f"{problem.sentence[0].upper()}{problem.sentence[1:]}{fix}."
            shown.append(f"{'Does not fit' if problem.severity == 'problem' else 'Please check'}: {sentence}")
    return sorted(set(shown))


@each("field, status, text", WRONG)
def test_what_does_not_fit_is_said_in_the_words_of_check(
    form: Page, tmp_path: Path, field: str, status: str, text: str
) -> None:
    with_everything(form)
    unfold(by_pointer, item(form, ITEM).locator("xpath=ancestor::details[1]"))
    unfold(by_pointer, item(form, ITEM))
    for clear in ("", status):
        form.locator(f"{'#item-materials--procurement-sites'} input[type=radio][value='{clear}']").check()
    labels = {**LABELS, "note": "Note"}
    fields = {"status": status, field: text}
    if status == "not-applicable" and field != "because":
        fields["because"] = "It is not used."
    for name, words in fields.items():
        if name != "status":
            box = item(form, ITEM).get_by_label(re.compile(rf"^{labels[name]}( \(|$)"))
            box.fill(words)
            box.blur()
    changed = apply(file_of("retinal-cells"), [{"path": ["status", *ITEM.split("/")], "fields": fields}])
    changed = apply(changed, [{"path": ["assessed"], "value": str(DAY)}])
    said = item(form, ITEM).locator(".nav-form-stop, .nav-form-slip").all_inner_texts()
    assert sorted(set(said)) == said_by_check(changed, tmp_path)
    offered = form.get_by_role("button", name="Download the file").is_visible()
    assert offered is not any(words.startswith("Does not fit") for words in said)


LINES = [
    *("Report 7", "SOP ANA-014 v2", "https://example.org/doc/19121212-1212", "EudraCT 2018-001234-56", "0900-1200"),
    *("19121212-1212", "121212+1212", "701063-2391", "010101-123N", "29029900157", "131052-308T", "CPR 010190-1234"),
    *("anna@example.org", "anna(at)example.org", "see x%40example.org", "+46 70 123 45 67", "070-123 45 67"),
    *(
        "ghp_" + "a" * 36,
        "AKIA" + "A" * 16,
        "password: hunter22!x",
        "https://user:pass@example.org/",
        "token=abc123def",
    ),
    *("Batch 040-118822", "ISO 9001:2015", "Tel. 046-17 10 00", "00 45 3545 3545", "lot 20260314-0012"),
]


FORMS = yaml.safe_load((ROOT / "tests/privacy/forms.yml").read_text("utf-8"))["identity"]
NUMBERS = [line for lines in FORMS.values() for line in lines if line.isascii() and not re.search(r"[%&\\\n]", line)]
"""Identity numbers of every country that the check knows, and what looks like one; coded ones are left to the check."""


JUDGED = """
(line) => {
  const rules = NavigatorRules(navigatorForm.questions, "2026-01-01");
  rules.personal = NavigatorPrivacy(navigatorForm.questions.privacy, rules.real);
  return rules.judged(line, "");
}
"""


def with_everything(form: Page) -> None:
    """Let the form fetch what it needs later, which it does with the first answer or with one of the folds."""
    unfold(by_pointer, form.locator("details", has_text="Targets").last)
    wait_until(form, lambda: bool(form.evaluate("Boolean(window.NavigatorMore)")))


@each("line", [*LINES, *NUMBERS])
def test_what_must_not_be_published_is_seen_as_check_sees_it(form: Page, line: str) -> None:
    from macros.privacy.scan import private_data
    from macros.text.source import Source

    with_everything(form)
    found = next(iter(private_data(Source("projects/x.yml", line))), None)
    said = form.evaluate(JUDGED, line)
    assert [one["text"] for one in said] == ([found.sentence] if found else [])


def test_every_sentence_of_the_form_comes_from_check() -> None:
    from macros.outputs.form_rules import _probes, sentences

    found = sentences(real(), DAY)
    assert {name for name, _ in _probes(real(), DAY)} - set(found) == set()
    assert {"bad-name", "name-taken", "private"} <= set(found)
    script = "".join((ROOT / f"docs/assets/form/{name}.js").read_text("utf-8") for name in ("form", "rules"))
    used = set(re.findall(r'\bsay\("([a-z-]+)"', script))
    assert used - set(found) == set()


# --- what becomes of it ---


def test_a_newer_file_keeps_the_answers_of_others_and_asks_where_one_differs(form: Page) -> None:
    answer(by_pointer, form, ITEM, "in-progress", **{"Planned month": "2031-02"})
    answer(by_pointer, form, "analytics/release-specification", "not-met")
    theirs: list[dict[str, Any]] = [
        {"path": ["status", *ITEM.split("/")], "fields": {"status": "in-progress", "planned": "2030-01"}},
        {"path": ["status", "materials", "raw-materials"], "fields": {"status": "not-met", "since": None}},
        {"path": ["title"], "value": "A newer title"},
    ]
    newer = apply(file_of("retinal-cells"), theirs).replace("# Map every", "# Somebody's comment: map every")
    unfold(by_pointer, form.locator("details", has=form.locator("> summary", has_text="newer?")).last)
    form.get_by_label("The newer file", exact=True).fill(newer)
    form.get_by_role("button", name="Put my changes into it").click()
    asked = form.locator("fieldset", has_text="the newer file has another answer")
    assert asked.count() == 1
    mine = download(by_pointer, form)
    both: list[dict[str, Any]] = [
        {"path": ["status", "analytics", "release-specification"], "fields": {"status": "not-met", "since": None}},
        {"path": ["assessed"], "value": str(DAY)},
    ]
    assert mine == apply(newer, [{"path": ["status", *ITEM.split("/")], "fields": {"planned": "2031-02"}}, *both])
    asked.get_by_label(re.compile("^Keep the newer")).check()
    assert download(by_pointer, form) == apply(newer, both)


TAKES_FILES = re.compile(r"newer\?|Open a draft or a filled sheet")


def hand_in(page: Page, name: str, raw: bytes) -> None:
    """Give the form a file from the disk."""
    unfold(by_pointer, page.locator("details", has=page.locator("> summary", has_text=TAKES_FILES)).last)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": raw})


def test_a_filled_sheet_changes_a_project_as_the_command_does(form: Page) -> None:
    data = read("retinal-cells", file_of("retinal-cells").encode())[0].data
    raw = typed(workbook(real(), of_project(real(), "retinal-cells", data), DAY), **FILLED)
    hand_in(form, "retinal-cells.xlsx", raw)
    form.locator(".nav-form-list").wait_for()
    assert download(by_pointer, form) == apply(file_of("retinal-cells"), filled(read_workbook(raw)).changes)


def test_sheets_that_libreoffice_saved_become_new_projects(browser: Browser, site: Site) -> None:
    """One of each kind of product and route."""
    with (
        served(site.folder, without_the_rest(site)) as address,
        opened(browser, accept_downloads=True, reduced_motion="reduce") as (page, said),
    ):
        for path in sorted(SAVED.glob("*.xlsx")):
            page.goto(f"{address}change/?start={path.stem}")
            arrived(page)
            hand_in(page, path.name, path.read_bytes())
            page.locator(".nav-form-list").wait_for()
            page.get_by_label("Name of the file", exact=True).fill("new-cells")
            after = read("new-cells", download(by_pointer, page).encode())[0].data
            expected = meant(json.loads(path.with_suffix(".json").read_text("utf-8"))["names"])
            answers = {
                f"{area}/{name}": given for area, items in after["status"].items() for name, given in items.items()
            }
            for name, given in expected.items():
                place = after["targets"].get("5") if name == "targets/5" else answers.get(name, after.get(name))
                assert place == given, f"{path.stem}: {name}"
        assert said == []


def test_a_draft_is_kept_only_when_asked_and_can_be_deleted(browser: Browser, quick: str) -> None:
    with opened(browser, accept_downloads=True) as (page, said):
        at(page, f"{quick}change/?project=retinal-cells")
        answer(by_pointer, page, ITEM, "in-progress", **{"Planned month": "2031-02"})
        assert kept(page) == []
        drafts = page.locator("details", has=page.locator("> summary", has_text="Keep a draft")).last
        unfold(by_pointer, drafts)
        page.get_by_role("button", name="Keep a draft on this device").click()
        assert kept(page) == ["navigator-draft:retinal-cells"]
        at(page, f"{quick}change/?project=retinal-cells")
        unfold(by_pointer, drafts)
        page.get_by_role("button", name="Go on with it").click()
        assert "procurement-sites: {status: in-progress, planned: 2031-02}" in download(by_pointer, page)
        unfold(by_pointer, drafts)
        page.get_by_role("button", name="Delete this draft").click()
        assert kept(page) == []
        assert said == []


def test_a_change_is_taken_back(form: Page) -> None:
    answer(by_pointer, form, ITEM, "in-progress", **{"Planned month": "2031-02"})
    form.get_by_role("button", name="Take back").click()
    assert form.locator(".nav-form-list").count() == 0
    assert item(form, ITEM).locator("input[value='not-met']").is_checked()


@pytest.mark.parametrize("press", [by_pointer, by_keyboard])
def test_a_newcomer_starts_a_project(browser: Browser, quick: str, tmp_path: Path, press: Press) -> None:
    with opened(browser, accept_downloads=True, reduced_motion="reduce") as (page, said):
        visit(page, f"{quick}start/")
        press(page.get_by_role("link", name="Start in the form"))
        arrived(page)
        for name in ("Ex vivo gene-modified cell", "The patient"):
            press(page.get_by_role("radio", name=re.compile(name, re.IGNORECASE)))
        while page.locator("fieldset:not(:has(:checked))").count():
            press(page.locator("fieldset:not(:has(:checked)) input").first)
        press(page.get_by_role("button", name="Begin"))
        page.locator("#nav-send").wait_for(state="attached")
        for label, text in {
            "Name of the file": "car-t-ball",
            "Title": "CAR-T cells",
            "Summary": "For children.",
        }.items():
            write(press, page.get_by_label(label, exact=True), text)
        page.get_by_label("Who leads the project?").select_option("hospital")
        answer(press, page, "unmet-need/need-statement", "met", Since="2026-11", Evidence="Minutes 12")
        with page.expect_download() as found:
            press(page.get_by_role("button", name="Download the file"))
        assert found.value.suggested_filename == "car-t-ball.yml"
        text = Path(found.value.path()).read_bytes().decode()
        assert problems(text, tmp_path, "car-t-ball") == []
        assert "lead: hospital" in text
        assert "\ntitle: CAR-T cells\n" in text
        assert said == []


def test_the_first_answer_is_looked_at_before_it_can_be_sent(browser: Browser, quick: str) -> None:
    """What must not be published is looked for by a file that is fetched with the first answer."""
    with opened(browser) as (page, _):
        held: list[Route] = []
        page.route("**/form/more.js", lambda route: held.append(route))
        visit(page, f"{quick}change/?project=retinal-cells")
        page.locator("#nav-form fieldset, .nav-form-item").first.wait_for(state="attached")
        answer(by_pointer, page, ITEM, "not-met", Note="call 070-123 45 67")
        assert page.get_by_role("button", name="Download the file").count() == 0
        (route,) = held
        route.continue_()
        page.locator("#nav-form .nav-form-stop", has_text="a telephone number").first.wait_for()
        assert page.get_by_role("button", name="Download the file").count() == 0


def test_a_project_of_a_region_names_its_hospital(browser: Browser, region_site: Site) -> None:
    """The projects of that site are written in a way that the form does not read, so a new one begins."""
    start = min((region_site.folder / "change/start").glob("*.js")).stem
    with served(region_site.folder) as address, opened(browser, accept_downloads=True) as (page, _):
        at(page, f"{address}change/?start={start}")
        for label, text in {"Name of the file": "new-cells", "Title": "New cells", "Summary": "For all."}.items():
            page.get_by_label(label, exact=True).fill(text)
        choice = page.locator("label", has_text=re.compile("^Hospital")).locator("select")
        named = choice.locator("option").nth(2).get_attribute("value")
        choice.select_option(value=named)
        assert f"\nhospital: {named}\n" in download(by_pointer, page)
        choice.select_option(value="")
        assert "\nhospital:" not in download(by_pointer, page)


def test_axe_finds_no_barrier_with_everything_open(browser: Browser, quick: str) -> None:
    for scheme, widths in (("light", (320, 1280)), ("dark", (1280, 390))):
        with opened(browser, color_scheme=scheme, viewport={"width": widths[0], "height": 900}) as (page, said):
            at(page, f"{quick}change/?project=car-t-lymphoma")
            answer(by_pointer, page, "unmet-need/need-statement", "met", Since="14/3/2026")
            for _ in range(3):
                page.evaluate(UNFOLD)
            assert page.evaluate("document.documentElement.scrollWidth") <= widths[0]
            found = barriers(page, widths, whole=scheme == "light")
            assert found == {width: [] for width in widths}
            assert said == []


def test_the_form_says_what_to_do_without_scripts(browser: Browser, quick: str) -> None:
    with opened(browser, java_script_enabled=False) as (page, _):
        visit(page, f"{quick}change/?project=retinal-cells")
        assert page.get_by_text("This form needs JavaScript").is_visible()
        assert page.get_by_role("link", name="How to report").is_visible()


def test_a_name_that_is_no_project_leads_to_the_projects(browser: Browser, quick: str) -> None:
    with opened(browser) as (page, _):
        for name in ("nobody", "../p/x", "<b>", ""):
            page.goto(f"{quick}change/?project={name}")
            page.get_by_role("link", name="All projects").wait_for()
