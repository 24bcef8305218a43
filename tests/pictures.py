"""Take the pictures of the guides from the real site: `make pictures`, with a Chromium on the machine."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURES = {
    "project.png": ("projects/retinal-cells/", 1180, 800),
    "start.png": ("start/", 1180, 860),
    "portfolio.png": ("projects/", 1180, 760),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def main() -> None:
    """Build the site of a fixed day and write one picture after another to docs/pictures/."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"Taking pictures needs one of these on the machine: {', '.join(BROWSERS)}.")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        day = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1"}
        build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
        subprocess.run(build, cwd=ROOT, env=day, check=True)
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for name, (page, width, height) in PICTURES.items():
                target = ROOT / "docs/pictures" / name
                target.parent.mkdir(exist_ok=True)
                options = ["--headless", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=4000"]
                options += ["--no-sandbox", f"--user-data-dir={folder}/profile", "--disable-background-networking"]
                size = f"--window-size={width},{height}"
                address = f"http://127.0.0.1:{server.server_port}/{page}"
                subprocess.run([browser, *options, size, f"--screenshot={target}", address], check=True)
            server.shutdown()


if __name__ == "__main__":
    main()
