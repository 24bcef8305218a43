"""E-mail addresses and telephone numbers, found in a plain line of text."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from macros.privacy.trace import Trace, without_paths
from macros.text.messages import M_
from macros.text.problem import kind

LOCAL, HOST = r"(?<![\w.%+'-])[\w.%+'-]{1,64}?", r"[\w-][\w.-]{0,250}\.[^\W\d_]{2,24}"
AT_WORDS = r" ?[(\[{<](?:at|a|snabel-?a|arroba)[)\]}>] ?| snabel-?a | ?\(?@\)? ?|_at_"
MAIL = re.compile(rf"{LOCAL}(?:@|%40|{AT_WORDS}){HOST}", re.IGNORECASE)
QUOTED = re.compile(rf'"[\w .+-]{{1,64}}"@{HOST}')
# In words: with "dot" as well, or a name with a point in it, so that "look at example.org" is none.
DOT, TOP = "(?: (?:dot|punkt) )", r"(?:[a-z]{2}|com|org|net|edu|gov|info|int|eu|example)(?!\w)"
SPELT = re.compile(
    rf"(?<![\w.-])(?:[\w-]{{1,40}}(?:{DOT}|\.)){{0,3}}[\w-]{{2,40}} at (?:[\w-]{{1,60}}{DOT}){{1,3}}{TOP}"
    rf"|(?<![\w.-])[\w-]{{1,40}}\.[\w.-]{{1,60}} at (?:[\w-]{{1,60}}\.){{1,3}}{TOP}",
    re.IGNORECASE,
)
SHORTEST = 7  # digits of a telephone number, with the 0 or the code before it
# From abroad: with +, or with 00 and a neighbour's code, or with 00, another code and a mark after it.
ABROAD = re.compile(r"\(?\+.*|00 ?(?:4[5-7]|358).*|00 ?[1-9][0-9]{0,2}[^0-9].*")
# At home, as people write it: a mobile number, or an area code apart from the rest. Not a time such as 0900-1200.
AREA, GROUP = r"(?:0[78]|\(?0[1-9][0-9]{1,2}\)?)", "[0-9]{2,3}"
AT_HOME = re.compile(
    rf"07[0-9]{{8}}|07[0-9] ?[0-9]-? ?[0-9 ]{{7,10}}|(?!0[0-9]{{3}}-[0-9]{{4}}$)(?:{AREA} ?- ?{GROUP}(?:[- ]{GROUP})+"
    rf"|{AREA}-[0-9]{{5,8}}|(?=(?:[ ./()]*[0-9]){{9}}){AREA}(?: |/|\.){GROUP}(?:[ .]?{GROUP})+)"
)
CALLED = re.compile(
    r"\b(?:tel|tlf|tfn|telefon|telefonnr|telephone|phone|mobile?|mobil|mob|fax|call|ring|puh|sími)\b[.:]? {0,2}"
    r"\(?[+0-9](?:[ ./()-]{0,2}[0-9]){5,13}(?![0-9])",
    re.IGNORECASE,
)
SPACED = re.compile(r"(?<![0-9])(?<![0-9][ .,])0 ?7(?: [0-9]){8}(?![0-9])")
# Before the number of a document: SOP 019-123-45-67, Doc 046-12-34-56.
OF_A_DOCUMENT = re.compile(
    r"\b(?!(?:TEL|TLF|TFN|MOB|FAX|SMS|PUH)\b)(?:[A-Z]{2,5}|[Dd]oc(?:ument)?|[Ss]erial|[Cc]ase|[Rr]eport|[Bb]atch|[Ll]ot"
    r"|[Pp]rotocol|[Ff]ile|[Ii]nvoice|[Tt]ender|[Rr]ef(?:erence)?|[Vv]ersion|[Dd]nr)\.?[ :#-]{1,2}$"
)


MAILBOX, TELEPHONE = M_("an e-mail address"), M_("a telephone number")


@kind("private-address")
def private_addresses(line: str) -> Iterator[Trace]:
    """What is published holds no e-mail address and no telephone number, but for those of units in `region.yml`.

    Not even those of an office: mailboxes change, and an address in a public file is collected
    and written to. `contact` names a role, and readers find the role in their own organisation. A region names the
    mailboxes of its units in `region/region.yml`, where the pages take them from.
    [What must never be written here](privacy.md)
    """
    text = without_paths(line)
    for pattern in (MAIL, QUOTED, SPELT):
        for match in pattern.finditer(text):
            yield Trace(*match.span(), MAILBOX)
    if sum(map(str.isdigit, text)) < SHORTEST:
        return
    for match in (*CALLED.finditer(text), *SPACED.finditer(text)):
        yield Trace(*match.span(), TELEPHONE)
    dotted = re.sub(r"(?<=[0-9])_(?=[0-9])", "-", text)
    for found in PhoneNumberMatcher(dotted, "SE", leniency=Leniency.VALID):
        number, before = found.raw_string, dotted[: found.start][-16:]
        known = ABROAD.fullmatch(number) or (AT_HOME.fullmatch(number) and not OF_A_DOCUMENT.search(before))
        if known and not re.search(r"[\w./-]$", before):
            yield Trace(found.start, found.end, TELEPHONE)
