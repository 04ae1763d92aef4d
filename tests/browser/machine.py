"""A browser without a window, driven over loopback: it finds this machine and nothing else."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
NONE = "no chromium with chromedriver on this machine (Debian: chromium-driver): pages were not looked at in a browser"
PHONE, DESK = 375, 1280
"""Widths at which every page is looked at."""

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-extensions", "--no-default-browser-check", "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def installed() -> tuple[str, str] | None:
    """Return the browser and its driver; None where one of them is missing."""
    browser = next((found for name in NAMES if (found := which(name))), None)
    driver = which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def opened(folder: Path) -> Iterator[Chrome]:
    """Return a new browser that keeps its profile and what it saves in a folder.

    Raises:
        LookupError: there is no browser on this machine.
    """
    found = installed()
    if found is None:
        raise LookupError(NONE)
    options = ChromeOptions()
    options.binary_location = found[0]
    for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    saved = folder / "saved"
    saved.mkdir()
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(saved), "download.prompt_for_download": False}
    )
    driver = Chrome(options=options, service=ChromeService(executable_path=found[1]))
    try:
        driver.set_page_load_timeout(60)
        driver.set_script_timeout(120)  # axe-core looks at a long page for longer where other work is done beside it.
        yield driver
    finally:
        driver.quit()


def widen(browser: Chrome, width: int) -> None:
    """Show pages as wide as a screen is; below 600 pixels as a phone does."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def darken(browser: Chrome, *, is_dark: bool) -> None:
    """Show pages as to somebody who prefers dark ones, or not."""
    value = "dark" if is_dark else "light"
    features = [{"name": "prefers-color-scheme", "value": value}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def scripts(browser: Chrome, *, run: bool) -> None:
    """Let scripts of pages run, or not."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not run})


def printed(browser: Chrome) -> bytes:
    """Return the page as it is printed on A4, as a PDF."""
    found = browser.execute_cdp_cmd(
        "Page.printToPDF",
        {"printBackground": False, "paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True},
    )
    return base64.b64decode(found["data"])
