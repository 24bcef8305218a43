"""How the code hangs together: layers, entry points, sizes, and pinned dependencies."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections import Counter

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from macros.checks.region import EXAMPLE
from tests.support.each import each
from tests.support.packages import ENTRY_POINTS, LINES, MODULES, PATHS, RANK, imported, neighbours, package_of
from tests.support.paths import ROOT


def test_every_folder_has_a_layer_and_says_what_comes_in_and_what_goes_out() -> None:
    folders = {path.parent.name for path in (ROOT / "macros").glob("*/__init__.py")}
    assert folders == RANK.keys(), "LAYERS names the folders of macros/"
    assert [f for f in folders if len((ast.get_docstring(MODULES[f"macros.{f}"]) or "").splitlines()) < 3] == []


def test_every_folder_has_two_to_twelve_modules() -> None:
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in PATHS.values() if path.name != "__init__.py")
    del counts["macros"], counts["macros/cli"]  # the first has the entry points, the second one for each command
    assert {folder: count for folder, count in counts.items() if not 2 <= count <= 12} == {}


@each("module", MODULES)
def test_a_module_imports_only_from_its_own_folder_and_those_below(module: str) -> None:
    here = package_of(module)
    allowed = {here, ""} | {package for package in RANK if RANK[package] < RANK.get(here, len(RANK))}
    upward = {other for other in neighbours(module) if package_of(other) not in allowed}
    assert upward == set(), f"{here or module} is below them, or beside them: see docs/architecture.md"


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {module: neighbours(module) for module in MODULES}
    while free := {module for module, others in waiting.items() if not others & waiting.keys()}:
        waiting = {module: others for module, others in waiting.items() if module not in free}
    assert waiting == {}


@pytest.mark.parametrize(
    ("library", "packages"),
    [
        (r"mkdocs(_\w+)?", {"site", ""}),
        ("jinja2", {"views", "changes", "site"}),
        ("markupsafe", {"views", "changes", "site"}),
    ],
)
def test_a_library_is_known_only_where_it_belongs(library: str, packages: set[str]) -> None:
    knowing = {m for m, tree in MODULES.items() if any(re.match(rf"{library}\b", name) for name in imported(tree))}
    assert {module for module in knowing if package_of(module) not in packages} == set()
    assert knowing


CALLS = {"print", "input", "exit", "quit", "open", "SystemExit", "KeyboardInterrupt"}
FORBIDDEN = {
    "sys.exit",
    "os._exit",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
    "time.localtime",
    "os.environ",
    "os.getenv",
    "sys.argv",
    "sys.stdout",
    "sys.stderr",
}


def dotted(node: ast.AST) -> str:
    """Give the last two parts of a dotted name, so that `datetime.date.today` is `date.today`."""
    if isinstance(node, ast.Attribute):
        below = dotted(node.value).rpartition(".")[2]
        return f"{below}.{node.attr}" if below else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_only_entry_points_print_exit_and_read_the_clock_or_the_environment() -> None:
    found = set()
    for module in (module for module in MODULES if package_of(module) not in {*ENTRY_POINTS, ""}):
        nodes = list(ast.walk(MODULES[module]))
        used = {dotted(node) for node in nodes if isinstance(node, ast.Attribute)}
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        # Taking such a name by itself would hide it from the first search.
        taken = {".".join(name.split(".")[-2:]) for name in imported(MODULES[module])}
        found |= {(module, name) for name in (used & FORBIDDEN) | (called & CALLS) | (taken & FORBIDDEN)}
    assert found == set()


def test_no_module_runs_text_as_code() -> None:
    names = {
        (module, dotted(node.func))
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and dotted(node.func)
        in {"eval", "exec", "compile", "__import__", "yaml.load", "yaml.unsafe_load", "pickle.loads"}
    }
    assert names == set()


def test_modules_are_at_most_250_lines_long() -> None:
    assert {module: length for module, length in LINES.items() if length > 250} == {}


def test_nine_functions_in_ten_are_at_most_25_lines_long() -> None:
    lengths = {
        f"{module}.{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    long = {name: length for name, length in lengths.items() if length > 25}
    assert len(long) <= len(lengths) / 10, long
    assert sorted(lengths.values())[len(lengths) // 2] <= 10


# --- dependencies ---

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DIRECT = [Requirement(text) for text in [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]]
PINNED = (ROOT / "requirements.txt").read_text("utf-8")
STALE = "the requirements files do not fit pyproject.toml: run `make lock`"


FILES = ("requirements.txt", "requirements-serve.txt", "requirements-tools.txt", "requirements-zensical.txt")


def pins(file: str = "requirements.txt") -> dict[str, list[tuple[Version, int]]]:
    """Read a file of requirements: name → versions, each with its number of hashes."""
    found: dict[str, list[tuple[Version, int]]] = {}
    for entry in re.sub(r"\\\n", " ", (ROOT / file).read_text("utf-8")).splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        required = Requirement(entry.partition("--hash")[0].strip())
        (pin,) = required.specifier
        assert pin.operator == "==", entry
        found.setdefault(canonicalize_name(required.name), []).append(
            (Version(pin.version), entry.count("--hash=sha256:"))
        )
    return found


@each("name", ["tools", "zensical"])
def test_every_tool_is_pinned_to_a_version_that_fits(name: str) -> None:
    found = pins(f"requirements-{name}.txt")
    for required in map(Requirement, PROJECT["dependency-groups"][name]):
        assert all(required.specifier.contains(version) for version, _ in found[canonicalize_name(required.name)]), (
            STALE
        )


@each("required", DIRECT)
def test_every_dependency_is_pinned_to_a_version_that_fits(required: Requirement) -> None:
    versions = [version for version, _ in pins().get(canonicalize_name(required.name), [])]
    assert versions, STALE
    assert all(required.specifier.contains(version, prereleases=True) for version in versions), STALE


@each("file", FILES)
def test_every_pinned_version_has_hashes(file: str) -> None:
    assert pins(file)
    assert [name for name, versions in pins(file).items() if not all(hashes for _, hashes in versions)] == []


def test_serving_installs_what_it_needs_in_the_versions_that_are_tested() -> None:
    served, tested = pins("requirements-serve.txt"), pins()
    direct = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
    assert direct <= served.keys() < tested.keys(), STALE
    assert [name for name, versions in served.items() if versions != tested[name]] == [], STALE
    only_tests = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependency-groups"]["dev"]}
    assert only_tests & served.keys() <= {"packaging"}, "what only tests need is not installed to serve"


def test_no_dependency_is_pinned_that_is_not_needed() -> None:
    """The lock says behind each pin who asked for it; what nobody asks for any more is left over."""
    asked = set(re.findall(r"^([A-Za-z0-9._-]+)==(?:.*\n)(?:\s+--hash=.*\n)+\s+# via", PINNED, re.MULTILINE))
    assert {canonicalize_name(name) for name in asked} == pins().keys()
    direct = re.findall(
        r"^([A-Za-z0-9._-]+)==(?:.*\n)(?:\s+--hash=.*\n)+\s+# via(?:.*\n\s+#)*.*navigator", PINNED, re.MULTILINE
    )
    assert {canonicalize_name(name) for name in direct} == {canonicalize_name(required.name) for required in DIRECT}, (
        STALE
    )


def test_no_index_address_is_named() -> None:
    """Everybody installs from the index that their own machine is set to."""
    address = re.compile(r"^.*(?:--(?:extra-)?index-url|--find-links|--trusted-host|https?://).*$", re.MULTILINE)
    assert [address.findall((ROOT / file).read_text("utf-8")) for file in FILES] == [[]] * len(FILES)


def test_whatever_the_code_imports_is_a_direct_dependency() -> None:
    found = importlib.metadata.packages_distributions()
    within = {"markupsafe": ["jinja2"], "pydantic_core": ["pydantic"]}  # parts of what is named
    known = {"macros", *sys.stdlib_module_names}
    foreign = {name.partition(".")[0] for tree in MODULES.values() for name in imported(tree)} - known
    direct = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
    assert [
        name
        for name in sorted(foreign)
        if not direct & {canonicalize_name(package) for package in within.get(name) or found.get(name, [name])}
    ] == []


FIRST_EXAMPLES = "aav-liver alofisel car-t-lymphoma cartilage-graft glybera regulatory-t-cells retinal-cells strimvelis"
FIRST_EXAMPLES += " til-therapy"


def test_a_new_example_has_a_name_that_no_project_of_a_region_has() -> None:
    """The first ones keep their addresses; they were there before any region was."""
    names = {path.stem for path in (ROOT / "projects").glob("*.yml")} - {*FIRST_EXAMPLES.split()}
    assert {name for name in names if not name.startswith(EXAMPLE)} == set()
