"""Take the pictures of the guides from the real site: `make pictures`, with a Chromium on the machine.

Each page is shown as on a laptop, and for the visual language also as on a phone beside it, in light and in dark.
The browser itself packs the pictures as WebP, so that nothing else is needed.
"""

from __future__ import annotations

import base64
import functools
import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.support.find_browser import Machine, find
from tests.support.paths import ROOT

PHONE, LAPTOP, HIGH = 360, 1280, 840
ASKED = "change/?project=retinal-cells&item=analytics/potency-assay-qualified"
GUIDES = {
    "guide-start": "start/",
    "guide-portfolio": "projects/",
    "guide-change": ASKED,
}
VIEWS = {
    "home": "",
    "stage": "stages/5/",
    "area": "areas/analytics/",
    "project": "projects/retinal-cells/",
    "portfolio": "projects/",
    "guide-me": "guide-me/",
    "meeting": "meetings/car-t-lymphoma/",
}
SCHEMES = {"light": "default", "dark": "slate"}
FRAME = """<!doctype html><title>Picture</title><style>body { margin: 0; display: flex; gap: 24px; background: #888; }
iframe { border: 0; height: HIGHpx; flex: none; }</style><script>
const [scheme, ...widths] = location.hash.slice(1).split(","), page = widths.pop();
const color = {media: "", scheme, primary: "custom", accent: "custom"}, index = scheme === "slate" ? 1 : 0;
localStorage.setItem("/.__palette", JSON.stringify({index, color}));
for (const width of widths)
  document.write(`<iframe src="/${page}" style="width: ${width}px" scrolling="no"></iframe>`);
</script>""".replace("HIGH", str(HIGH))
PACK = """<!doctype html><title>Pack</title><img id="i" src="/_picture.png"><script>
i.onload = () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: i.naturalWidth, height: i.naturalHeight});
  canvas.getContext("2d").drawImage(i, 0, 0);
  document.title = canvas.toDataURL("image/webp", 0.8);
};
</script>"""


def main() -> None:
    """Build the site of a fixed day and write one picture after another to docs/pictures/."""
    browser = find(Machine())
    if browser is None:
        sys.exit("Taking pictures needs a Chromium, Chrome or Edge on the machine.")
    with tempfile.TemporaryDirectory() as folder:
        site = build(Path(folder))
        handler = functools.partial(Quiet, directory=str(site))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            shoot = functools.partial(run, [browser, f"--user-data-dir={folder}/profile"], server.server_port)
            for name, page, scheme, widths in shots(site):
                picture = take(shoot, site, page, scheme, widths)
                (ROOT / "docs/pictures" / f"{name}.webp").write_bytes(picture)
                print(f"{name}.webp  {len(picture) // 1000} kB")
            server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def build(folder: Path) -> Path:
    """Build the site of a fixed day, with the two pages that take and pack pictures."""
    site = folder / "site"
    day = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1"}
    # Not strictly: a picture that a page already shows may be the one that is to be taken.
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=ROOT, env=day, check=True)
    (site / "_frame.html").write_text(FRAME)
    (site / "_pack.html").write_text(PACK)
    return site


def shots(site: Path) -> list[tuple[str, str, str, tuple[int, ...]]]:
    """List the pictures to take: name, page, scheme, and the widths shown side by side."""
    found: list[tuple[str, str, str, tuple[int, ...]]]
    found = [(name, page, "default", (1180,)) for name, page in GUIDES.items()]
    for name, page in VIEWS.items():
        if (site / page / "index.html").is_file():
            found += [(f"{name}-{words}", page, scheme, (LAPTOP, PHONE)) for words, scheme in SCHEMES.items()]
    return found


def take(shoot: functools.partial[str], site: Path, page: str, scheme: str, widths: tuple[int, ...]) -> bytes:
    """Take one picture and pack it."""
    wide = sum(widths) + 24 * (len(widths) - 1)
    hash_ = ",".join([scheme, *map(str, widths), page])
    shoot(f"_frame.html#{hash_}", f"--window-size={wide},{HIGH}", f"--screenshot={site}/_picture.png")
    packed = shoot("_pack.html", "--dump-dom")
    found = re.search(r"<title>data:image/webp;base64,([A-Za-z0-9+/=]+)", packed)
    if not found:
        sys.exit(f"The browser did not pack the picture of /{page}.")
    return base64.b64decode(found[1])


def run(browser: list[str], port: int, page: str, *options: str) -> str:
    """Let the browser open a page without a window; give what it prints."""
    flags = ["--headless", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=6000", "--no-sandbox"]
    command = [*browser, *flags, "--disable-background-networking", *options, f"http://127.0.0.1:{port}/{page}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
