"""The page that says how far each translation is."""

from markupsafe import Markup

from macros.language.head import name_of
from macros.views.context import PageContext, Registry

VIEWS = Registry()
MOST = 20
"""Texts of a catalogue that are named."""


@VIEWS.late
def languages(context: PageContext) -> Markup:
    """Show how far the translation into each language is, and which texts are left."""
    return context.render("languages", states=context.states(), names=name_of, most=MOST)
