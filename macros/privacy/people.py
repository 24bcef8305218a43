"""Names of people, told from roles."""

import re

CAPITAL = "[A-ZÅÄÖÆØÉÜ]"
TITLED = re.compile(rf"\b(?:Dr|Prof|Professor|Docent|Mr|Mrs|Ms|Herr|Fru)\b\.? {CAPITAL}|\b{CAPITAL}\. ?{CAPITAL}\w+")
NAMES = re.compile(rf"{CAPITAL}[\w'-]+(?: {CAPITAL}[\w'-]+){{1,3}}")
ROLE_WORDS = re.compile(
    r"\b(?:Clinical|Medical|Qualified|Responsible|Quality|Regulatory|Person|Head|Chief|Director|Manager|Officer|Lead"
    r"|Leader|Coordinator|Nurse|Physician|Consultant|Surgeon|Inspector|Auditor|Assessor|Engineer|Controller|Counsel"
    r"|Hospital|Unit|Department|Centre|Board|Committee|Authority|Agency|University|Region|\w+ist)\b"
)


def is_a_person(text: str) -> bool:
    """Say whether a text that should name a role looks like a person's name, with a title or without one."""
    first = text.partition(",")[0].strip()
    alone = NAMES.fullmatch(first) and not ROLE_WORDS.search(first)
    return bool(TITLED.search(text) or alone)
