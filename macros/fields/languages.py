"""The field of a language."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from macros.fields.markers import FREE
from macros.fields.types import a_text, refuse, show
from macros.text.messages import M_
from macros.text.problem import kind


@kind("not-a-language")
def _language(value: object) -> str:
    """A language is written by its code: `sv` for Swedish, `da` for Danish."""
    text = a_text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", text):
        sentence = M_("%(value)s is not the code of a language", value=show(value))
        refuse("not-a-language", sentence, M_('write its code, such as "sv"'))
    return text


LanguageCode = Annotated[str, BeforeValidator(_language), FREE]
