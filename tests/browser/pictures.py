"""``make pictures``: the site and a crawl of the sample world, as they stand in the README."""

import base64
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome

from tests.browser import machine
from tests.browser.served import served
from tests.sample import replayed, world

FOLDER = replayed.ROOT / "docs" / "pictures"
HEIGHT = 720
QUALITY = 60
COLUMNS = 132
"""What is longer on a line of the terminal is cut."""
_TERMINAL = (
    "<!doctype html><meta charset=utf-8><style>body{{margin:0;background:#1c1f24;color:#e8e8e3}}"
    "pre{{margin:0;padding:18px 22px;font:15px/1.45 monospace;width:fit-content}}</style><pre>{}</pre>"
)


def main() -> None:
    """Write both pictures."""
    with TemporaryDirectory() as folder:
        here = Path(folder)
        warc, data, told = replayed.packed(here), here / "data", ""
        for moment in world.MOMENTS:
            told = replayed.replay(data, warc, moment).stdout
        with served(data) as address, machine.opened(here) as browser:
            machine.widen(browser, machine.DESK)
            browser.get(address)
            _write(browser, "site.webp", machine.DESK, HEIGHT)
            lines = ["$ roundup crawl", *(line[:COLUMNS] for line in told.splitlines())]
            (here / "terminal.html").write_text(_TERMINAL.format(escape("\n".join(lines))), "utf-8")
            browser.get((here / "terminal.html").as_uri())
            width, height = browser.execute_script(
                "const box = document.querySelector('pre').getBoundingClientRect(); return [box.width, box.height]"
            )
            _write(browser, "crawl.webp", width, height)


def _write(browser: Chrome, name: str, width: float, height: float) -> None:
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    taken = browser.execute_cdp_cmd(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
    )
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_bytes(base64.b64decode(taken["data"]))
    print(f"{FOLDER / name}: {(FOLDER / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
