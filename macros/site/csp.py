"""The content security policy of a page: only files of the site are loaded, only known scripts run.

It stands in the page, because static hosts such as Pages send no headers of ours; what only a header can say is in
`docs/publishing.md`. The policy is the second line behind escaping: a script that found its way into a page, from a
status file or a guide, does not run.
"""

import base64
import hashlib
import re

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
CHARSET = '<meta charset="utf-8">'
RULES = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
ANY_SCRIPT = "'unsafe-inline'"
"""In place of hashes while `serve` adds a script of its own to every page, another one at each change."""


def hashes(html: str) -> str:
    """Give the source list for the scripts that are written into a page: `'sha256-…'` for each, sorted."""
    inline = {body for attributes, body in SCRIPT.findall(html) if not re.search(r"\bsrc\s*=|/json\b", attributes)}
    return " ".join(sorted(f"'sha256-{_digest(body)}'" for body in inline))


def with_policy(html: str, scripts: str) -> str:
    """Put the policy at the head of a page, before anything that it shall rule.

    Args:
        html: The page.
        scripts: Which scripts may run besides files of the site, as a source list.
    """
    rules = RULES.format(scripts=scripts).replace(" ;", ";")
    return html.replace(CHARSET, f'{CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{rules}">', 1)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.replace("\r\n", "\n").encode()).digest()).decode()
