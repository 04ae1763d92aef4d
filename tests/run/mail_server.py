"""A mail server on loopback (RFC 5321, as little of it as we ask for) that keeps what it accepted."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

ENTRY = re.compile(r"/entry/([0-9a-z]+)")


class Accepting(socketserver.ThreadingTCPServer):
    """``answer`` is asked at each stage (connect, mail, rcpt, data, body, accepted): a code and words, or "drop".

    At ``accepted`` the message counts already, whatever is answered.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.answer: Callable[[str], str] = lambda stage: ""
        self.accepted: list[tuple[str, EmailMessage]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def entries(self) -> Counter[tuple[str, str]]:
        """How often each address got each entry, by the plain text."""
        return Counter((to, entry) for to, made in self.accepted for entry in set(ENTRY.findall(plain(made))))


def plain(made: EmailMessage) -> str:
    part = made.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


class _Session(socketserver.StreamRequestHandler):
    server: Accepting

    def _say(self, stage: str, usual: str) -> bool:
        said = self.server.answer(stage) or usual
        if said == "drop":
            return False
        self.wfile.write(f"{said}\r\n".encode())
        return said[0] in "23"

    def handle(self) -> None:
        with suppress(ConnectionError, ValueError):  # The client was killed.
            self._talk()

    def _talk(self) -> None:
        to = ""
        if not self._say("connect", "220 here"):
            return
        while line := self.rfile.readline().decode("latin-1").strip():
            word, is_well = line[:4].upper(), True
            if word in ("EHLO", "HELO"):
                is_well = self._say("ehlo", "250 here")
            elif word == "MAIL":
                is_well = self._say("mail", "250 ok")
            elif word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                is_well = self._say("rcpt", "250 ok")
            elif word == "DATA":
                if is_well := self._say("data", "354 go on"):
                    is_well = self._receive(to)
            elif word == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if not is_well:
                return

    def _receive(self, to: str) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
        if said := self.server.answer("body"):
            if said != "drop":
                self.wfile.write(f"{said}\r\n".encode())
            return False
        made = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(made, EmailMessage)
        self.server.accepted.append((to, made))
        return self._say("accepted", "250 taken")


@contextmanager
def mail_server() -> Iterator[Accepting]:
    """A server that listens; what it accepted can be read behind the end, too."""
    with Accepting() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
