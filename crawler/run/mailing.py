"""A digest as a message, and its way out: to a mail server (RFC 5321), or through apprise to a chat or webhook.

A way calls ``handing_over`` at the last moment at which nothing can have arrived yet. What is raised before it was
surely not delivered; what is raised behind it as RefusedError neither; anything else behind it is not known.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime

from crawler.errors import RoundupError
from crawler.feeds.digest import FORMS, Digest, sentences
from crawler.feeds.feed import NAME
from crawler.sources.notify import Mail, Notice

TIMEOUT_S = 60.0
AGAIN = "This may reach you for the second time: the answer to the first sending was lost."
_OTHER_WAYS = "mail.security in notify.yaml says starttls: write tls, or none for a server on this machine or network"
_DOTS = re.compile(rb"^\.", re.MULTILINE)


class RefusedError(RoundupError):
    """The other side said no, so that nothing was delivered."""


def message(digest: Digest, notice: Notice, mail: Mail, to: str, id: str, now: datetime) -> EmailMessage:
    """Return a digest as mail (RFC 5322, 2369, 2919, 3834): plain text first, the same as HTML behind it."""
    made = EmailMessage(policy=WIRE)
    host = digest.feed.authority
    made["From"] = Address(NAME, addr_spec=mail.sender)
    made["To"] = to
    made["Subject"] = sentences.title(digest)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{id}@{host}>"
    made["List-Id"] = f"<{notice.id}.{host}>"
    made["List-Unsubscribe"] = f"<{leave(notice, mail)}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(FORMS["text"](digest), cte="quoted-printable")
    made.add_alternative(FORMS["html"](digest), subtype="html", cte="quoted-printable")
    return made


def leave(notice: Notice, mail: Mail) -> str:
    """Return where one leaves: what the configuration says, else a mail to the sender."""
    return notice.leave or f"mailto:{mail.sender}?subject=leave%20{notice.id}"


def footer(notice: Notice, mail: Mail) -> str:
    """Return the sentence that says why one gets this, and how to leave."""
    return f"You get the digest “{notice.id}”. To leave: {leave(notice, mail)}"


@contextmanager
def mail_server(mail: Mail, password: str) -> Iterator[smtplib.SMTP]:
    """Return a connection to a mail server, logged in where there is a user.

    Raises:
        OSError, smtplib.SMTPException: the server is not there, or does not let us in.
    """
    context, ours = ssl.create_default_context(), mail.sender.partition("@")[2]
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, ours, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, ours, timeout=TIMEOUT_S)
    try:
        if mail.security == "starttls":
            try:
                server.starttls(context=context)
            except smtplib.SMTPNotSupportedError as error:
                raise smtplib.SMTPNotSupportedError(f"{error} {_OTHER_WAYS}") from error
        if mail.user:
            server.login(mail.user, password)
        server.ehlo_or_helo_if_needed()
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    finally:
        server.close()


def hand_over(server: smtplib.SMTP, made: EmailMessage, sender: str, to: str, handing_over: Callable[[], None]) -> None:
    """Give a message to a server, for one addressee. It has nothing before the line with the dot, which comes last.

    Raises:
        RefusedError: the server refused it.
        OSError, smtplib.SMTPException: the connection broke.
    """
    _accepted(server.mail(sender))
    _accepted(server.rcpt(to))
    code, words = server.docmd("DATA")
    if code != 354:
        raise _refusal(code, words)
    body = made.as_bytes()
    server.send(_DOTS.sub(b"..", body if body.endswith(b"\r\n") else body + b"\r\n"))
    handing_over()
    server.send(b".\r\n")
    _accepted(server.getreply())


def _accepted(answer: tuple[int, bytes]) -> None:
    if not 200 <= answer[0] < 300:
        raise _refusal(*answer)


def _refusal(code: int, words: bytes) -> RefusedError:
    return RefusedError(f"{code} {words.decode('utf-8', 'replace')}")


def chat(digest: Digest, address: str, handing_over: Callable[[], None]) -> None:
    """Send a digest to a chat or webhook by apprise: each headline with its address.

    Raises:
        RefusedError: it was not accepted, or the address is of no form that apprise knows.
    """
    import apprise

    way = apprise.Apprise()
    way.asset.http_redirects = False  # Whoever answers there must not choose what is asked from within here.
    if not way.add(address):
        raise RefusedError("the address is of no form that apprise knows")
    handing_over()
    title, body = sentences.title(digest), FORMS["brief"](digest)
    if not way.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
        raise RefusedError("the chat or webhook did not accept it")
