"""notify.yaml into values: who gets which digest, how often, and by what way; or every mistake in it at once.

It is a file of its own, for what stands in sources.yaml is kept in the archive: addresses must not be.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from crawler.errors import SourcesError
from crawler.sources import validators
from crawler.sources.diagnostics import Problems, check
from crawler.sources.fields import Flag, Schedule, Slug, Whole, blank, said, through
from crawler.sources.yaml_positions import compose, read_text

FILE = "notify.yaml"
MAX_DIRECT = 20
"""Most addresses that are written to directly; for more there are list servers, where people join and leave."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_VARIABLE = re.compile(r"ROUNDUP_[A-Z0-9_]{1,60}")


def leave_address(value: object) -> str:
    """Return where one leaves a list: a page, or an address of mail behind ``mailto:``."""
    if isinstance(value, str) and value.startswith("mailto:") and not re.search(r"[\s<>,]", value):
        validators.mail_address(value.removeprefix("mailto:").partition("?")[0])
        return value
    found = validators.address(value)
    if re.search(r"[\s<>,]", found):
        raise ValueError(f"{value!r}: expected an address without spaces, commas and brackets")
    return found


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(f"{value!r} is no name; expected letters, digits, - and _, such as initials")
    return value


def _variable(value: object) -> str:
    if not isinstance(value, str) or not _VARIABLE.fullmatch(value):
        raise ValueError("no variable; expected the name of one that holds the address, such as ROUNDUP_CHAT_TEAM")
    return value


MailAddress = Annotated[str, through(validators.mail_address, "address of mail")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The server that takes our mail. Its password is ROUNDUP_SMTP_PASSWORD in the environment."""

    host: Annotated[str, said("name of the server", min_length=1, max_length=253)]
    sender: Annotated[MailAddress, said("who the mail is from; answers and leaving go there")]
    port: Annotated[Whole, said("of the server", ge=1, le=65535)] = 587
    security: Annotated[
        Literal["starttls", "tls", "none"], said("none only where the server is on this machine or network")
    ] = "starttls"
    user: Annotated[str, said("with whom we log in; empty: we do not", max_length=200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A digest that is sent again and again."""

    id: Annotated[Slug, said("in the log, and in List-Id")]
    filter: Annotated[str, said("as in the address of a feed; empty: everything", max_length=2000)] = ""
    every: Annotated[Schedule, said("how often")] = timedelta(weeks=1)
    list: Annotated[
        str, through(blank(validators.mail_address), "address of mail"), said("of a list or list server")
    ] = ""
    to: Annotated[
        Mapping[Annotated[str, through(_name, "name")], MailAddress],
        said(f"by name in the log, people written to directly: at most {MAX_DIRECT} in the file"),
    ] = field(default_factory=dict)
    chat: Annotated[
        tuple[Annotated[str, through(_variable, "variable")], ...],
        said("variables that each hold the address of a chat or webhook, in the form of apprise"),
    ] = ()
    leave: Annotated[
        str, through(blank(leave_address), "address"), said("where one leaves; empty: a mail to the sender")
    ] = ""
    empty: Annotated[Flag, said("send a period without entries, too: it says what was checked")] = True

    @property
    def addressees(self) -> Iterator[tuple[str, str, bool]]:
        """Yield the name in the log of each who gets it, the address or variable, and whether that is a chat."""
        if self.list:
            yield f"{self.id}/list", self.list, False
        for name, address in self.to.items():
            yield f"{self.id}/to:{name}", address, False
        for variable in self.chat:
            yield f"{self.id}/chat:{variable}", variable, True


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Who is told what, and how."""

    digests: Annotated[tuple[Notice, ...], said("in order", min_length=1)]
    mail: Annotated[Mail | None, said("needed where a digest has list or to")] = None


def load_notify(path: Path) -> Notify:
    """Return what a notify.yaml says.

    Raises:
        SourcesError: the file is missing or wrong; ``problems`` has one line for each mistake, none with an address.
    """
    if not path.exists():
        raise SourcesError(
            [f"{path}: there is none yet; roundup init writes notify.sample.yaml, to fill in and rename"]
        )
    located = compose(read_text(path), str(path))
    problems = Problems(located)
    found = check(Notify, {} if located.value is None else located.value, (), problems)
    if found is not None:
        _check_whole(found, problems)
    if found is None or problems.lines:
        raise SourcesError(problems.lines)
    return found


def _check_whole(found: Notify, problems: Problems) -> None:
    ids = [each.id for each in found.digests]
    for number, each in enumerate(found.digests):
        place = ("digests", number)
        if ids.index(each.id) != number:
            problems.add((*place, "id"), f"{each.id!r} twice; the log tells digests apart by it")
        if not any(each.addressees):
            problems.add(place, "nobody gets it; expected one of list, to and chat")
        if found.mail is None and (each.list or each.to):
            problems.add(place, "needs the block mail, for it has list or to")
    direct = sum(len(each.to) for each in found.digests)
    if direct > MAX_DIRECT:
        problems.add(("digests",), f"{direct} addresses under to; expected at most {MAX_DIRECT}: use a list server")
    if found.mail is not None and found.mail.user and found.mail.security == "none":
        problems.add(
            ("mail", "security"), "none with a user would send the password in clear; expected starttls or tls"
        )
