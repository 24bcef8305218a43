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


PROFESSIONS = re.compile(
    r",\s*(?:överläkare|läkare|sjuksköterska|överlæge|læge|overlege|lege|ylilääkäri|professor|docent|oberarzt|oberärztin"
    r"|MD|PhD|RN|MSc)\b",
    re.IGNORECASE,
)
PARTS = re.compile(r"([^\W\d_]{2,})[._-]([^\W\d_]{2,})")
OF_UNITS = re.compile(
    r"atmp|biobank|cell|center|centre|centrum|clinic|coord|contact|desk|ethic|forsk|gen|gmp|health|help|hosp|info|innov"
    r"|kontakt|koord|lab|mail|med|navigator|office|pharm|post|project|quality|regist|regul|research|support|team|tech"
    r"|therap|trial|unit|univ|vector",
    re.IGNORECASE,
)


def has_a_title(text: str) -> bool:
    """Say whether a text that should name a unit has a person's title, initial or profession."""
    return bool(TITLED.search(text) or PROFESSIONS.search(text))


def is_a_persons_mailbox(address: str) -> bool:
    """Say whether a mailbox looks like that of a person: two names, none of them a word of a unit."""
    name = address.partition("@")[0]
    return bool(PARTS.fullmatch(name)) and not OF_UNITS.search(name)
