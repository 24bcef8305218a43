"""What one build has made is given back before the next one: `serve` builds again and again in one process."""

from __future__ import annotations

import subprocess
import sys
import weakref
from pathlib import Path

from macros.load import collector
from tests.support.paths import ROOT


class Circle:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_what_the_last_build_kept_is_freed_by_the_next_one() -> None:
    builds: list[weakref.ref[Circle]] = []
    for _ in range(3):
        collector.start_again()
        assert [kept for kept in builds if kept()] == []
        builds.append(weakref.ref(Circle()))
        collector.keep()
        assert builds[-1]() is not None
    collector.start_again()
    assert [kept for kept in builds if kept()] == []


HOOKS = """
import importlib.util, os, pathlib, sys, types
spec = importlib.util.spec_from_file_location("hooks", "macros/site/hooks.py")
hooks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hooks)
config = types.SimpleNamespace(config_file_path=os.path.abspath("mkdocs.yml"), plugins={})
def loaded():
    hooks.on_config(config)
    return sys.modules["macros.site.hub.plugin"]
first = loaded()
assert loaded() is first, "loaded again without a reason"
pathlib.Path("macros/site/template.html").write_text("new")
second = loaded()
assert second is not first, "an edit is not seen"
assert loaded() is second
"""
PLUGIN = """
def plugin_of(root, serving): return Navigator()
class Navigator:
    def configure(self, config): return config
"""


def test_the_package_is_loaded_again_only_where_one_of_its_files_has_changed(tmp_path: Path) -> None:
    (tmp_path / "macros/site/hub").mkdir(parents=True)
    (tmp_path / "macros/site/hub/plugin.py").write_text(PLUGIN)
    (tmp_path / "macros/site/hooks.py").write_text((ROOT / "macros/site/hooks.py").read_text("utf-8"))
    done = subprocess.run([sys.executable, "-c", HOOKS], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
