"""Mail and apprise leave through doors of their own: a real SMTP server and a real receiver on this machine."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from monitor.app import open_app
from monitor.doors.apprise_door import AppriseDoor
from monitor.doors.mail_door import MailDoor
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut
from monitor.interfaces import Answer, Handover, Mail
from monitor.model import Change
from tests.notify.receivers import parsed, part
from tests.outboxes import START, Clock, deliver, numbered, put, settings, states, tell
from tests.servers import LocalServer, Reply, free_port, local_server

HERE = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
SECONDS = timedelta(seconds=20)


@dataclass
class Mailbox:
    """An SMTP server's handler: it keeps what it takes; ``reply`` is what it says to a message."""

    got: list[Envelope] = field(default_factory=list)
    tls: list[bool] = field(default_factory=list)
    reply: str = "250 taken"
    refuse: str = ""  # a recipient it does not know

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        if to == self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.got.append(envelope)
        self.tls.append(session.ssl is not None)
        return self.reply


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"user", b"p@ss/word")
    return AuthResult(success=good, handled=good)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for localhost in one file."""
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made += ["-keyout", str(folder / "key"), "-out", str(folder / "cert")]
    subprocess.run(made, check=True, capture_output=True)
    (folder / "both").write_text((folder / "key").read_text() + (folder / "cert").read_text())
    return folder / "both"


def contexts(certificate: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    return server, ssl.create_default_context(cafile=str(certificate))


@pytest.fixture
def plain_server(mailbox: Mailbox) -> Iterator[int]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    with _running(controller) as port:
        yield port


@contextmanager
def _running(controller: Controller) -> Iterator[int]:
    """The server's port, while it answers."""
    controller.start()
    assert controller.server is not None
    try:
        yield controller.server.sockets[0].getsockname()[1]
    finally:
        controller.stop()


def mail(server: str, *to: str) -> Mail:
    content = b"Subject: hello\r\n\r\nwords\r\n"
    return Mail(server=server, sender="movewire@news.example", recipients=to or ("desk@news.example",), content=content)


def sent(door: MailDoor, one: Mail, timeout: timedelta = SECONDS) -> Answer:
    try:
        return asyncio.run(door.send(one, timeout))
    finally:
        door.close()


class TestMail:
    def test_an_alert_arrives_as_text_and_html_and_its_revision_answers_it(
        self, plain_server: int, mailbox: Mailbox, tmp_path: Path
    ) -> None:
        options = {
            "type": "email",
            "url": f"smtp+plain://127.0.0.1:{plain_server}",
            "sender": "movewire@news.example",
            "to": ["desk@news.example"],
        }
        with open_app(settings(f"sqlite:///{tmp_path}/m.db", {"post": options}), clock=Clock()) as app:
            first = numbered(1, START)
            tell(app, first, ["post"])

            changes = (Change(at=START, kind="amount", after="$2 billion", story_id=first.event.stories[0].story_id),)
            tell(app, replace(first, revision=2, changes=changes, created_at=START + timedelta(seconds=1)), ["post"])
            deliver(app)
            assert states(app) == {"post": ["sent", "sent"]}
        told, update = (parsed(mail_of(envelope)) for envelope in mailbox.got)
        assert "Mara Lindqvist" in told["Subject"] and told["To"] == "desk@news.example"
        assert "Mara Lindqvist" in part(told, "plain") and "<strong" in part(told, "html")
        assert update["In-Reply-To"] == told["Message-ID"] and update["Subject"].startswith("Update: ")
        assert told["Date"].datetime == START

    def test_a_login_is_said_over_tls_only(self, mailbox: Mailbox, certificate: Path) -> None:
        server, client = contexts(certificate)
        controller = Controller(
            mailbox, hostname="127.0.0.1", port=free_port(), tls_context=server, require_starttls=True, authenticator=login
        )
        with _running(controller) as port:
            answer = sent(MailDoor(HERE, client), mail(f"smtp://user:p%40ss%2Fword@localhost:{port}"))
            assert answer.status == 250 and mailbox.tls == [True]

    def test_a_login_that_is_refused_is_said(self, mailbox: Mailbox, certificate: Path) -> None:
        server, client = contexts(certificate)
        controller = Controller(
            mailbox, hostname="127.0.0.1", port=free_port(), tls_context=server, require_starttls=True, authenticator=login
        )
        with _running(controller) as port:
            assert sent(MailDoor(HERE, client), mail(f"smtp://user:wrong@localhost:{port}")).status == 535

    def test_tls_from_the_first_byte(self, mailbox: Mailbox, certificate: Path) -> None:
        server, client = contexts(certificate)
        controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), ssl_context=server)
        with _running(controller) as port:
            assert sent(MailDoor(HERE, client), mail(f"smtps://localhost:{port}")).status == 250

    def test_a_certificate_nobody_vouches_for_ends_it(self, mailbox: Mailbox, certificate: Path) -> None:
        server, _ = contexts(certificate)
        controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), tls_context=server)
        with _running(controller) as port:
            with pytest.raises(ConnectionFailed, match="certificate"):
                sent(MailDoor(HERE), mail(f"smtp://localhost:{port}"))
            assert mailbox.got == []

    def test_a_server_without_tls_gets_nothing_unless_that_was_asked_for(self, plain_server: int, mailbox: Mailbox) -> None:
        assert sent(MailDoor(HERE), mail(f"smtp://127.0.0.1:{plain_server}")).status == 550
        assert mailbox.got == []

    @pytest.mark.parametrize(("reply", "status"), [("451 later", 451), ("552 too long", 552)])
    def test_the_server_s_code_is_the_answer(self, plain_server: int, mailbox: Mailbox, reply: str, status: int) -> None:
        mailbox.reply = reply
        assert sent(MailDoor(HERE), mail(f"smtp+plain://127.0.0.1:{plain_server}")).status == status

    def test_one_recipient_of_two_is_enough(self, plain_server: int, mailbox: Mailbox) -> None:
        mailbox.refuse = "gone@news.example"
        server = f"smtp+plain://127.0.0.1:{plain_server}"
        answer = sent(MailDoor(HERE), mail(server, "desk@news.example", "gone@news.example"))
        assert answer.status == 250 and b"gone@news.example refused: 550" in answer.body
        assert sent(MailDoor(HERE), mail(server, "gone@news.example")).status == 550

    def test_a_private_server_is_not_dialled_unless_it_is_allowed(self, plain_server: int, mailbox: Mailbox) -> None:
        for host in ("127.0.0.1", "localhost"):
            with pytest.raises(BlockedAddress, match="allow_networks"):
                sent(MailDoor(), mail(f"smtp+plain://{host}:{plain_server}"))
        assert mailbox.got == []

    def test_a_server_that_says_nothing_is_waited_for_a_while(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TimedOut):
            sent(MailDoor(HERE), mail(f"smtp+plain://127.0.0.1:{silent.getsockname()[1]}"), timedelta(seconds=0.3))

    @pytest.mark.parametrize("login", ["", "j%C3%BCrgen:pass@", "user:p%C3%A4ss@"])
    def test_what_smtp_cannot_say_is_a_reason(self, mailbox: Mailbox, certificate: Path, login: str) -> None:
        server, client = contexts(certificate)
        controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), tls_context=server, authenticator=_anybody)
        with _running(controller) as port:
            one = mail(f"smtp://{login}localhost:{port}", "desk@news.example" if login else "jörg@news.example")
            with pytest.raises(ConnectionFailed, match="other than ASCII"):
                sent(MailDoor(HERE, client), one)
        assert mailbox.got == []

    def test_nobody_there(self) -> None:
        with pytest.raises(ConnectionFailed):
            sent(MailDoor(HERE), mail("smtp+plain://127.0.0.1:1"))


def mail_of(envelope: Envelope) -> Mail:
    assert isinstance(envelope.original_content, bytes) and envelope.mail_from
    return Mail(server="", sender=envelope.mail_from, recipients=tuple(envelope.rcpt_tos), content=envelope.original_content)


def _anybody(*_: Any) -> AuthResult:
    return AuthResult(success=True)


class TestApprise:
    @pytest.fixture
    def net(self) -> Iterator[LocalServer]:
        with local_server() as server:
            server.fallback = lambda _: Reply(200, b"ok")
            yield server

    def test_an_alert_arrives_through_the_library(self, net: LocalServer, tmp_path: Path) -> None:
        options = {"type": "apprise", "url": net.url.replace("http://", "json://") + "/desk", "timeout": "60s"}
        with open_app(settings(f"sqlite:///{tmp_path}/m.db", {"phone": options}), clock=Clock()) as app:
            put(app, 1, "phone")
            deliver(app, 60)
            assert states(app) == {"phone": ["sent"]}
        assert b"Mara Lindqvist" in net.asked[0].body

    def test_it_dials_no_private_address_and_reads_no_proxy(self, net: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", net.url)
        handed = Handover(url=net.url.replace("http://", "json://") + "/desk", title="t", text="words")
        assert asyncio.run(AppriseDoor().send(handed, timedelta(seconds=60))).status == 502
        assert net.asked == []

    def test_an_address_it_does_not_know_is_said(self) -> None:
        handed = Handover(url="nosuchthing://x", title="t", text="words")
        assert asyncio.run(AppriseDoor(HERE).send(handed, timedelta(seconds=60))).status == 400

    def test_a_process_that_cannot_be_started_is_a_reason(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
        handed = Handover(url="json://127.0.0.1/", title="t", text="words")
        with pytest.raises(ConnectionFailed, match="cannot be started"):
            asyncio.run(AppriseDoor(HERE).send(handed, SECONDS))

    def test_a_service_gets_no_more_than_it_takes(self, net: LocalServer) -> None:
        """Mattermost: 4,000 characters with the title in them. Left alone, the library hands on what is then refused."""
        url = net.url.replace("http://", "mmost://") + "/3ccdd113474722377935511fc85d3dd4"
        handed = Handover(url=url, title="title", text="words " * 1000)
        assert asyncio.run(AppriseDoor(HERE).send(handed, timedelta(seconds=60))).status == 200
        said = json.loads(net.asked[0].body)["text"]
        assert 3900 < len(said) <= 4000 and said.startswith("title") and said.endswith("words…")
        asyncio.run(AppriseDoor(HERE).send(replace(handed, url=f"{url}?overflow=split"), timedelta(seconds=60)))
        assert len(net.asked) > 2, "what the address says of it is kept"

    def test_it_is_ended_when_its_time_is_over(self, net: LocalServer) -> None:
        handed = Handover(url="json://127.0.0.1/", title="t", text="words")
        with pytest.raises(FetchError):
            asyncio.run(AppriseDoor(HERE).send(handed, timedelta(seconds=0.01)))
