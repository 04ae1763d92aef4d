"""The partnership checklist answered with a keyboard alone, from the top of the page to the button that saves."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains, Chrome, Keys

NOTE = "Asked in March; a sample."
_MOST = 600
"""More steps than any page of ours has places to stop at."""

_FOCUSED = """const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
return {
  tag: one.localName, type: one.type || "", name: one.name || "", value: one.value || "", text: one.innerText || "",
  open: one.localName === "summary" && one.parentElement.open, part: !!one.closest(".step > h2"),
  outlined, seen: !!top && (one.contains(top) || top.contains(one)),
};"""
"""What has the focus, whether a line is drawn around it, and whether nothing lies over it."""

_VALUES = ("yes", "partly", "no", "not_us")
"""The answers from first to last; none is chosen at first."""


def press(browser: Chrome, *keys: str) -> None:
    """Press keys, one after the other."""
    chain = ActionChains(browser, duration=0)
    for key in keys:
        chain.send_keys(key)
    chain.perform()


def focused(browser: Chrome) -> Mapping[str, Any]:
    """Return what has the focus."""
    found: Mapping[str, Any] = browser.execute_script(_FOCUSED)
    return found


def answered(browser: Chrome, *, button: str) -> tuple[dict[str, str], list[str]]:
    """Answer every question, one part after the other, write one note, and press a button.

    Return the answers, and where no focus was seen.
    """
    given: dict[str, str] = {}
    parts: set[str] = set()
    unseen: list[str] = []
    noted = False
    for _ in range(_MOST):
        press(browser, Keys.TAB)
        found = focused(browser)
        if not (found["outlined"] and found["seen"]):
            unseen.append(f"{found['tag']} {found['name']} {found['text'][:60]}")
        if found["type"] == "radio":
            wanted = len(given) % len(_VALUES)
            press(browser, Keys.SPACE, *[Keys.ARROW_RIGHT] * wanted)
            given[found["name"].removeprefix("a-")] = focused(browser)["value"]
        elif found["type"] == "checkbox":
            press(browser, Keys.SPACE)
        elif found["part"] and found["text"] not in parts:
            parts.add(found["text"])
            press(browser, Keys.ENTER)
        elif found["tag"] == "summary" and not noted and found["text"].startswith("Note"):
            press(browser, Keys.SPACE)
            assert focused(browser)["open"], "Space does not open it"
        elif found["tag"] == "textarea" and not noted:
            press(browser, NOTE)
            noted = True
        elif found["tag"] == "button" and found["value"] == button:
            press(browser, Keys.ENTER)
            return given, unseen
    raise AssertionError(f"no button {button} after {_MOST} steps; the last place was {found}")


def pressed_at(browser: Chrome, key: str, **wanted: str) -> None:
    """Walk on until what has the focus is what is wanted, and press a key there."""
    for _ in range(_MOST):
        press(browser, Keys.TAB)
        found = focused(browser)
        if all(str(found[name]).startswith(value) for name, value in wanted.items()):
            press(browser, key)
            return
    raise AssertionError(f"nothing with {wanted} after {_MOST} steps")


def taken(folder: Path, suffix: str, into: Path) -> Path:
    """Return the file that the browser saves, once it is whole, moved into another folder."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        found = [each for each in folder.glob(f"*{suffix}") if each.stat().st_size]
        if found and not list(folder.glob("*.crdownload")):
            assert len(found) == 1, found
            return found[0].rename(into / found[0].name)
        time.sleep(0.05)
    raise AssertionError(f"no {suffix} was saved in {folder}: {[each.name for each in folder.iterdir()]}")
