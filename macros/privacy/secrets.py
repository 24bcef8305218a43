"""Passwords, keys and tokens, found in a plain line of text."""

import re
from collections.abc import Iterator

from macros.privacy.trace import Trace
from macros.text.messages import M_
from macros.text.problem import kind

TOKEN, KEY = M_("an access token"), M_("a private key")
START = "(?<![A-Za-z0-9])"
VALUE = r"""(?=[^\s"',}]{0,99}[0-9!$%&*?^])(?=[^\s"',}]{0,99}[A-Za-z])[^\s"',}]{6,200}"""  # not a plain word
LAST = r"""(?=[ \t]*(?:$|["'`,;&)\]}]|#))"""  # nothing but an end after it
GIVEN = r"""["']?\s{0,3}(?:[:=]|\b(?:is|är|er|ist|es|est|on)\b)\s{0,3}["']?"""
SPOKEN = (
    r"passwords?|passwd|passphrase|pwd|passwort|kennwort|lösenord(?:et)?|passord(?:et)?|adgangskoden?|kodeord(?:et)?"
    r"|mot de passe|contraseña|wachtwoord|salasana|lykilorð|wi-?fi-?(?:kod|code|key)|pin-?kod"
)
SECRETS = [
    (KEY, r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1\w{20,}"),
    (TOKEN, rf"{START}(?:gh[oprsu]_[A-Za-z0-9]{{36,}}|github_pat_\w{{22,}})"),
    (TOKEN, rf"{START}gl(?:pat|dt|rt|oas|ptt|ft|soat|imt|agent|cbt|ffct)-[\w-]{{20,}}"),
    (TOKEN, rf"{START}(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{{16}}(?![A-Za-z0-9])"),
    (TOKEN, rf"{START}(?:xox[a-z]|xapp)-[A-Za-z0-9-]{{10,}}|hooks\.slack\.com/services/\w+/\w+/\w+"),
    (TOKEN, rf"{START}eyJ[\w-]{{8,500}}\.eyJ[\w-]{{8,}}"),
    (TOKEN, rf"{START}(?:npm_[A-Za-z0-9]{{36}}|pypi-AgE[\w-]{{20,}}|hf_[A-Za-z0-9]{{30,}}|lin_api_\w{{30,}})"),
    (
        TOKEN,
        rf"{START}(?:[sr]k_(?:live|test)_\w{{16,}}|sk-(?:proj-|ant-\w+-)?\w{{20,}}|AIza[\w-]{{35}}|ya29\.[\w-]{{20,}})",
    ),
    (
        TOKEN,
        rf"{START}(?:do[opr]_v1_[0-9a-f]{{40,}}|ATATT[\w-]{{20,}}|shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{{32}}|dckr_pat_[\w-]{{20,}})",
    ),
    (
        TOKEN,
        rf"{START}(?:SG\.[\w-]{{16,40}}\.[\w-]{{16,60}}|[0-9]{{8,10}}:AA[\w-]{{30,40}}|(?:SK|AC)[0-9a-f]{{32}}(?![0-9A-Za-z]))",
    ),
    (TOKEN, rf"{START}[A-Za-z][\w-]{{23,27}}\.[\w-]{{6}}\.[\w-]{{27,40}}(?![\w.-])"),
    (TOKEN, r"(?i)\bauthorization[\"']?\s?[:=]\s?[\"']?(?:bearer|basic|token) [A-Za-z0-9+/=._~-]{12,}"),
    (TOKEN, r"(?i)\b(?:bearer) (?=[A-Za-z_~+/.-]{0,60}[0-9])[A-Za-z0-9+/=._~-]{24,}"),
    (TOKEN, r"(?i)\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[A-Za-z0-9+/%=&. _-]{20,}"),
    (
        TOKEN,
        r"(?i)[?&](?:sig|signature|key|api_?key|token|access_token|auth|code|secret|password|pwd)=(?=[^\s&#]{0,99}[0-9])[\w%+/=.~-]{12,}",
    ),
    (TOKEN, r"(?i)\bprivate_key(?:_id)?[\"']?\s?[:=]\s?[\"']?[A-Za-z0-9+/=-]{20,}"),
    (M_("an address with a password"), r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:[^\s/@]{1,100}@"),
    (M_("a password"), rf"(?i)(?<![a-z])(?:{SPOKEN}){GIVEN}{VALUE}"),
    (TOKEN, rf"(?i)(?<![a-z])(?:secret|token|(?:api|access)[ _-]?key){GIVEN}{VALUE}{LAST}"),
]
PATTERNS = [(what, re.compile(pattern)) for what, pattern in SECRETS]


@kind("secret")
def secrets(line: str) -> Iterator[Trace]:
    """What is published holds no password, private key or access token.

    One that has left your computer counts as known, even if you take it back at once: have it
    replaced first, then take it out. [What must never be written here](privacy.md)
    """
    for what, pattern in PATTERNS:
        for match in pattern.finditer(line):
            yield Trace(*match.span(), what)
