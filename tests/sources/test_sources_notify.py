"""notify.yaml: every mistake with its line and key, and no address in what is said of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.errors import SourcesError
from crawler.sources.notify import load_notify

GOOD = """mail: {host: mail.example.org, sender: round-up@example.org}
digests:
  - {id: a, filter: kind=act, every: daily, list: a@lists.example.org, leave: "https://lists.example.org/a"}
  - {id: b, to: {ab: a.b@example.org, cd: c.d@example.org}, chat: [ROUNDUP_CHAT_B], empty: false}
"""
MAIL = "mail: {host: mail.example.org, sender: round-up@example.org}"


def loaded(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "notify.yaml"
    path.write_text(text)
    try:
        load_notify(path)
    except SourcesError as error:
        assert [part for part in ("a.b@", "c.d@", "a@lists") if part in str(error)] == []
        return [line.removeprefix(f"{path}:") for line in error.problems]
    return []


def test_who_gets_what(tmp_path: Path) -> None:
    path = tmp_path / "notify.yaml"
    path.write_text(GOOD)
    a, b = load_notify(path).digests
    assert (a.every, b.every, a.empty, b.empty) == (timedelta(days=1), timedelta(days=7), True, False)
    names = [name for each in (a, b) for name, _, _ in each.addressees]
    assert names == ["a/list", "b/to:ab", "b/to:cd", "b/chat:ROUNDUP_CHAT_B"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (MAIL, MAIL.replace("{", "{security: none, user: u, "), "1: mail.security: none with a user"),
        (MAIL, "", "3: digests.a: needs the block mail"),
        ("id: b", "id: a", "4: digests.a.id: 'a' twice"),
        ("list: a@lists.example.org, leave", "leave", "3: digests.a: nobody gets it"),
        ("ab: a.b@example.org", "ab: 'Anna <a.b@example.org>'", "4: digests.b.to.ab: no address of mail"),
        ("ab: a.b@example.org", "'a b': a.b@example.org", "4: digests.b.to.a b: 'a b' is no name"),
        ("[ROUNDUP_CHAT_B]", "['json://secret']", "4: digests.b.chat[1]: no variable"),
        ("every: daily", "every: dayly", "3: digests.a.every: 'dayly' is no schedule"),
        ("empty: false", "emtpy: false", "4: digests.b.emtpy: unknown key"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    line, *_ = loaded(tmp_path, GOOD.replace(old, new, 1))
    assert line.startswith(said), line


def test_twenty_addresses_are_enough(tmp_path: Path) -> None:
    def text(count: int) -> str:
        many = ", ".join(f"p{number}: p{number}@example.org" for number in range(count))
        return f"mail: {{host: m, sender: s@example.org}}\ndigests: [{{id: a, to: {{{many}}}}}]\n"

    assert loaded(tmp_path, text(20)) == []
    assert loaded(tmp_path, text(21)) == ["2: digests: 21 addresses under to; expected at most 20: use a list server"]
