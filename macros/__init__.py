"""The Navigator: checklists and status files in, pages out. The macros plugin of MkDocs runs this file."""

from typing import Any


def define_env(env: Any) -> None:
    """Load the handbook, or refuse politely, and register the macros. MkDocs calls this before each build."""
    env.conf.plugins["navigator"].begin(env)  # see site/hooks.py
