"""The guides for regions, followed to the letter, and the thin shape: what they promise is what one gets."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.region_world import BuildRegion, World, command, commit, contents, git, run, with_environment
from tests.support.site import Page, Site, text

FORGE = "https://forge.example.org/navigator.git"
BLOCK = re.compile(r"(?:[Pp]ut this into `(?P<file>[^`]+)`[^\n]*:\n\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)


class Newcomer:
    """Somebody who does what a guide says, line by line, and nothing else.

    Attributes:
        place: The folder that they are in.
        said: Command → what it printed.
    """

    def __init__(self, place: Path, forge: Path):
        self.place, self.forge = place, forge
        self.said: dict[str, str] = {}

    def follow(self, guide: str) -> None:
        for block in BLOCK.finditer((ROOT / "docs/regions" / guide).read_text("utf-8")):
            if block["kind"] == "yaml":
                assert block["file"], "the sentence before names the file"
                (self.place / block["file"]).write_text(block["body"], "utf-8")
            elif block["kind"] == "sh":
                for line in block["body"].strip().splitlines():
                    self.type(line)

    def type(self, line: str) -> None:
        words = shlex.split(line.replace(FORGE, str(self.forge)))
        if words[0] == "cd":
            self.place = self.place / words[1]
        elif words == ["make", ".venv/ready"]:
            if not (self.place / ".venv").exists():
                with_environment(self.place)
        else:
            done = run(*words, cwd=self.place)
            assert done.returncode == 0, f"$ {line}\n{done.stdout}"
            self.said[line] = done.stdout


@pytest.fixture(scope="module")
def newcomer(world: World, tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    made = Newcomer(tmp_path_factory.mktemp("newcomer"), world.upstream_at_first)
    made.follow("start.md")
    return made


@pytest.fixture(scope="module")
def pages(newcomer: Newcomer) -> dict[str, Page]:
    return Site(newcomer.place / "site", 0, "").pages


def words(page: Page) -> str:
    return text(page.one("body"))


def test_an_hour_later_the_site_bears_their_name_colour_and_contacts(
    pages: dict[str, Page], newcomer: Newcomer
) -> None:
    assert "Testland Navigator" in text(pages[""].one("title"))
    assert pages[""].one("link[rel=canonical]").attrs["href"] == "https://navigator.testland.example/"
    assert "--md-primary-fg-color: #184e3a" in (newcomer.place / "site/assets/region.css").read_text("utf-8")
    assert pages[""].all("link[href$='assets/region.css']")
    shown = words(pages["region/set-up/"])
    assert "Testland University Hospital, unit for advanced therapies" in shown
    assert "GMP clean rooms of the university hospital" in shown


def test_an_hour_later_one_item_is_added_one_adapted_and_one_waived_each_with_its_reason(
    pages: dict[str, Page],
) -> None:
    shown = words(pages["region/differences/"])
    for heading in ("Asked only here (1)", "Adapted here (1)", "Not used here (1)"):
        assert heading in shown
    for reason in ("One pharmacy serves all", "Our unit meets every project once a month", "keeps one map for all"):
        assert reason in shown
    assert "testland-pharmacy-slot" in pages["areas/hospital-readiness/"].ids
    assert "Not used in Testland: The innovation office keeps one map" in words(pages["areas/business/"])


def test_an_hour_later_their_project_has_its_page_and_the_illustrations_are_gone(pages: dict[str, Page]) -> None:
    assert "Our first project" in words(pages["projects/first-project/"])
    kinds = {path.stem: yaml.safe_load(path.read_text("utf-8"))["kind"] for path in (ROOT / "projects").glob("*.yml")}
    illustrations = {name for name, kind in kinds.items() if kind == "illustration"}
    assert illustrations
    assert {f"projects/{name}/" for name in illustrations} & pages.keys() == set()


def test_the_guide_tells_of_no_problem_and_leaves_nothing_behind(newcomer: Newcomer) -> None:
    checks = [
        said for line, said in newcomer.said.items() if line in ("make check", ".venv/bin/python -m macros check")
    ]
    assert len(checks) == 2
    for said in checks:
        assert "No problems." in said, said
    assert git(newcomer.place, "status", "--porcelain") == ""
    assert command(newcomer.place, "region", "guard", "upstream/main").status == 0


def test_everything_that_the_guide_wants_committed_is(newcomer: Newcomer) -> None:
    names = git(newcomer.place, "diff", "--name-only", "v2026.1", "HEAD").split("\n")
    assert set(names) == {
        "projects/first-project.yml",
        "region/overlay.yml",
        "region/pages/index.md",
        "region/region.yml",
        "region/schema/project.json",
    }


def test_the_upgrade_guide_leads_to_the_next_edition(world: World, newcomer: Newcomer) -> None:
    """Its entries are those of the first guide, which upstream's editions may have left as they are."""
    git(newcomer.place, "remote", "set-url", "upstream", str(world.upstream))
    newcomer.said.clear()
    newcomer.follow("upgrade.md")
    (report,) = (said for line, said in newcomer.said.items() if "macros upstream" in line)
    assert "# Upgrade from v2026.1 to v2026.3" in report
    assert "Our first project (first-project)" in report
    overlay = (newcomer.place / "region/overlay.yml").read_text("utf-8")
    assert "edition: v2026.3\n" in overlay
    assert "first-project" in Site(newcomer.place / "site", 0, "").pages["projects/first-project/"].html
    assert git(newcomer.place, "status", "--porcelain") == ""


# --- the thin shape ---


@pytest.fixture(scope="module")
def thin(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The region of all tests as a thin repository, built by its Makefile at the third edition."""
    root = tmp_path_factory.mktemp("thin")
    said = command(
        world.upstream, "region", "init", "Fjällmark", "--thin", str(root), "--upstream", str(world.upstream)
    )
    assert said.status == 0, said
    for folder in ("region", "projects"):
        for path, content in contents(world.third, folder).items():
            if folder == "region" or path in ("projects/alpha.yml", "projects/beta.yml"):
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(content)
    fetch(root)
    with_environment(root / ".navigator")
    done = run("make", "build", cwd=root)
    assert done.returncode == 0, done.stdout
    return root


def fetch(root: Path) -> str:
    """Let make fetch the version that a thin repository names, and nothing more."""
    named = yaml.safe_load((root / "region/upstream.yml").read_text("utf-8"))
    done = run("make", f".navigator/{named['commit']}", cwd=root)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_both_shapes_give_the_same_site_but_for_the_addresses_of_upstreams_own_files(
    world: World, third_site: Site, thin: Path
) -> None:
    ours, theirs = contents(third_site.folder, "."), contents(thin / ".navigator/site", ".")
    assert ours.keys() == theirs.keys()
    upstream = re.search(r"(?m)^edit_uri: (.*)/edit/main/docs/$", (world.third / "mkdocs.yml").read_text("utf-8"))
    assert upstream
    for path, content in ours.items():
        if content != theirs[path]:
            assert path.endswith(".html"), path
            assert as_upstreams(content.decode(), upstream[1]) == theirs[path].decode(), path


def as_upstreams(html: str, upstream: str) -> str:
    """Write the addresses of files that upstream ships as those of upstream's own repository."""
    own = r"region/|projects/(?:alpha|beta)\.yml|&#34;"  # the last one: the form edits files of projects here
    return re.sub(rf"https://github\.com/fjallmark/navigator(/edit/main/(?!{own}))", rf"{upstream}\1", html)


def test_a_pencil_opens_a_file_where_it_is(thin: Path) -> None:
    pages = Site(thin / ".navigator/site", 0, "").pages
    for url, address in {
        "about/": "https://forge.example.org/navigator/edit/main/docs/about.md",
        "region/visit/": "https://github.com/fjallmark/navigator/edit/main/region/pages/visit.md",
        "region/set-up/": "https://github.com/fjallmark/navigator/edit/main/region/region.yml",
        "projects/alpha/": "https://github.com/fjallmark/navigator/edit/main/projects/alpha.yml",
        "projects/strimvelis/": "https://forge.example.org/navigator/edit/main/projects/strimvelis.yml",
    }.items():
        assert [link.attrs["href"] for link in pages[url].all("a.md-content__button[title^=Edit]")] == [address], url


@pytest.fixture(scope="module")
def without_forge(world: World, build_region: BuildRegion, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The pages of a region that names no forge, has a page by the name of a generated one, and one in a folder."""
    root = world.copy(world.upstream, "without-forge")
    assert command(root, "region", "init", "Nordland").status == 0
    (root / "region/pages/who-we-are.md").write_text("# Who we are\n", "utf-8")
    (root / "region/pages/visits").mkdir()
    (root / "region/pages/visits/first.md").write_text("# The first visit\n\n[Who](../who-we-are.md)\n", "utf-8")
    product = ["--modality", "allogeneic-cell", "--route", "central-authorisation", "--lead", "hospital"]
    product += ["--summary", "Cells of one donor."]
    assert command(root, "new", "first", *product).status == 0
    folder = tmp_path_factory.mktemp("without-forge")
    done = build_region(root, folder)
    assert done.returncode == 0, done.stdout
    return Site(folder, 0, "").pages


def test_a_region_without_a_forge_offers_no_pencil_that_leads_to_upstream(without_forge: dict[str, Page]) -> None:
    """Its reports would end up in somebody else's repository."""
    for url in ("region/", "region/set-up/", "region/who-we-are/", "projects/first/", "start/"):
        links = [str(link.attrs["href"]) for link in without_forge[url].all("a[href^='https://forge.example.org']")]
        assert [link for link in links if "/docs/" not in link] == [], url
    (pencil,) = without_forge["about/"].all("a.md-content__button[title^=Edit]")
    assert pencil.attrs["href"] == "https://forge.example.org/navigator/edit/main/docs/about.md"


def test_a_page_of_a_region_is_in_the_navigation_once(without_forge: dict[str, Page]) -> None:
    page = without_forge["region/who-we-are/"]
    assert text(page.one("h1")).startswith("Who we are")
    links = page.all(".md-nav--primary .md-nav__link")
    assert len([link for link in links if "Who we are" in text(link) and link.attrs.get("href") == "./"]) == 1
    assert "The first visit" in words(page)


def test_a_thin_repository_is_checked_reported_on_and_served_by_make(world: World, thin: Path) -> None:
    done = run("make", "check", cwd=thin)
    assert done.returncode == 0, done.stdout
    assert "region/overlay.yml:" in done.stdout
    done = run("make", "report", cwd=thin)
    assert done.returncode == 0, done.stdout
    assert "# Upgrade from v2026.1 to v2026.3" in done.stdout
    want = command(world.third, "upstream", "v2026.1").out
    assert done.stdout.splitlines()[-want.count("\n") :] == want.splitlines()
    done = run("make", "run", "DO=check projects/alpha.yml", cwd=thin)
    assert done.returncode == 0, done.stdout
    assert "projects/alpha.yml:" in done.stdout
    assert "127.0.0.1:8000" in run("make", cwd=thin).stdout


def test_only_the_commit_that_is_named_is_built(world: World, thin: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(thin, tmp_path / "thin", ignore=shutil.ignore_patterns(".navigator")))
    said = (root / "region/upstream.yml").read_text("utf-8")
    wrong = git(world.upstream, "rev-parse", "v2026.1")
    right = git(world.upstream, "rev-parse", "v2026.3")
    (root / "region/upstream.yml").write_text(said.replace(right, wrong), "utf-8")
    done = run("make", "check", cwd=root)
    assert done.returncode != 0
    assert f"v2026.3 is commit {right}; region/upstream.yml says {wrong}." in done.stdout
    assert not (root / ".navigator/macros").exists()


def test_a_raised_version_is_fetched_anew(world: World, tmp_path: Path) -> None:
    said = command(world.first, "region", "init", "A", "--thin", str(tmp_path), "--upstream", str(world.upstream))
    assert said.status == 0, said
    path = tmp_path / "region/upstream.yml"
    text = path.read_text("utf-8")
    old, commits = text, {name: git(world.upstream, "rev-parse", name) for name in ("v2026.1", "v2026.2")}
    head = yaml.safe_load(old)["commit"]
    versions = {}
    for name, made in commits.items():
        lines = re.sub(r"(?m)^version: .*", f'version: "{name}"  # read', old).replace(head, made)
        path.write_text(lines, "utf-8")
        os.utime(path, (2e9, 2e9))
        fetch(tmp_path)
        versions[name] = (tmp_path / ".navigator/checklists/navigator.yml").read_text("utf-8")
        (tmp_path / ".navigator/.venv").mkdir(exist_ok=True)
        (tmp_path / ".navigator/left-behind.md").touch()
    assert [f"edition: {name}\n" in text for name, text in versions.items()] == [True, True]
    assert (tmp_path / ".navigator/.venv").is_dir(), "the environment is kept"
    (tmp_path / ".navigator/left-behind.md").unlink()
    assert git(tmp_path / ".navigator", "status", "--porcelain", "--untracked-files=no") == ""


def test_a_thin_repository_holds_only_what_is_its_own(thin: Path) -> None:
    git(thin, "init", "--quiet", "--initial-branch", "main")
    commit(thin, "Begin")
    names = git(thin, "ls-files").split("\n")
    others = [name for name in names if not name.startswith(("region/", "projects/"))]
    assert others == [".gitignore", "Makefile"]
    said = command(world_of(thin), "region", "guard", "main", home=thin)
    assert (said.status, said.out.startswith("A thin repository holds no file of upstream")) == (0, True)


def world_of(thin: Path) -> Path:
    return thin / ".navigator"
