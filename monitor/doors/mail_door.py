"""The door for mail: SMTP in a thread, its host judged by the address guard and dialled at the address that was judged."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from urllib.parse import SplitResult, unquote, urlsplit

from monitor.doors.address_guard import Network, forbidden, refusal
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut
from monitor.interfaces import Answer, Mail
from monitor.urls import redacted

Address = tuple[str, int]
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
THREADS = 100  # made when they are needed: as many as deliveries may be in flight, so that no server waits for another


class MailDoor:
    """``tls`` is the context servers are checked with; None: the system's trusted certificates."""

    def __init__(self, allow: Collection[Network] = (), tls: ssl.SSLContext | None = None) -> None:
        self._allow, self._tls = tuple(allow), tls
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail")

    async def send(self, mail: Mail, timeout: timedelta) -> Answer:
        """The server's last word as an answer: its reply code as the status. Raises FetchError where it said nothing.

        Of several recipients of whom it takes none, one who may be taken later decides.
        """
        if not mail.recipients:
            return _answered(250, "nobody it was for is left")
        where, seconds = redacted(mail.server), timeout.total_seconds()
        session = _Line()
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._send, mail, where, seconds, session)
        try:
            return await asyncio.wait_for(work, seconds)
        except TimeoutError:
            if session.answer is not None:  # what is left is a farewell that is long in coming: sent again, it would come twice
                return session.answer
            raise TimedOut(where, f"no whole answer within {seconds:g} s") from None
        finally:
            session.cut()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _send(self, mail: Mail, where: str, seconds: float, line: _Line) -> Answer:
        server = urlsplit(mail.server)
        with _translated(where):
            addresses = self._judged(server, where)
            try:
                smtp = self._session(server, addresses, seconds, line)
                try:
                    answer = line.answer = self._hand_over(smtp, server, mail)
                finally:
                    with suppress(OSError):  # the mail is taken or refused: how the server says good-bye changes nothing
                        smtp.quit()
            except smtplib.SMTPResponseException as error:
                return _answered(error.smtp_code, error.smtp_error)
            return answer

    def _hand_over(self, smtp: smtplib.SMTP, server: SplitResult, mail: Mail) -> Answer:
        """The server's last word to the mail. Raises SMTPResponseException for one before it, an OSError where there is none."""
        try:
            if server.scheme == "smtp":
                smtp.starttls(context=self._context())
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            refused = smtp.sendmail(mail.sender, mail.recipients, mail.content)
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(error.recipients)
        except smtplib.SMTPNotSupportedError as error:
            return _answered(550, f"{error}; smtp+plain:// sends without")
        return _refused(refused, 250)

    def _judged(self, server: SplitResult, where: str) -> list[Address]:
        """The addresses of the host, every one of which may be dialled. Raises BlockedAddress."""
        port = server.port or PORTS[server.scheme]
        found = socket.getaddrinfo(server.hostname, port, type=socket.SOCK_STREAM)
        for *_, to in found:
            if why := forbidden(str(to[0]), self._allow):
                raise BlockedAddress(where, refusal(str(to[0]), why))
        return [(str(to[0]), port) for *_, to in found]

    def _session(self, server: SplitResult, addresses: list[Address], seconds: float, line: _Line) -> smtplib.SMTP:
        host = server.hostname or ""
        if server.scheme == "smtps":
            return _GuardedTls(host, addresses, seconds, line, self._context())
        return _Guarded(host, addresses, seconds, line)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()


class _Line:
    """What a session's thread and whoever waits for it share: the answer, once there is one, and the line, to be cut.

    A time-out of smtplib's is one of each read. A server that says a byte a second would hold the thread for ever.
    """

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self._over = False
        self._handle: socket.socket | None = None

    def hold(self, line: socket.socket) -> socket.socket:
        """Remember a line, under a handle of its own: TLS takes the first one over."""
        self._handle = line.dup()
        if self._over:
            self.cut()
        return line

    def cut(self) -> None:
        """End it for whoever reads or writes there. May be called from any thread, and again."""
        self._over = True
        if self._handle is not None:
            with suppress(OSError):  # the other side was first
                self._handle.shutdown(socket.SHUT_RDWR)
            self._handle.close()


class _Guarded(smtplib.SMTP):
    """A session with ``host`` at the first of the judged addresses that answers: the name is not resolved a second time."""

    def __init__(self, host: str, addresses: list[Address], seconds: float, line: _Line) -> None:
        self._addresses, self._line = addresses, line
        super().__init__(host, addresses[0][1], timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        for address in self._addresses[:-1]:
            with suppress(OSError):
                return self._line.hold(socket.create_connection(address, timeout))
        return self._line.hold(socket.create_connection(self._addresses[-1], timeout))


class _GuardedTls(_Guarded):
    """The same with TLS from the first byte."""

    def __init__(self, host: str, addresses: list[Address], seconds: float, line: _Line, context: ssl.SSLContext) -> None:
        self._context_ = context
        super().__init__(host, addresses, seconds, line)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._context_.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=host)


def _answered(code: int, words: bytes | str) -> Answer:
    return Answer(status=code, body=words if isinstance(words, bytes) else words.encode())


def _refused(by_server: Mapping[str, tuple[int, bytes]], code: int = 0) -> Answer:
    """The answer where some recipients are refused: ``code``, or that of one of them where none is taken."""
    refused = {to: (why, " ".join(words.decode("utf-8", "replace").split())) for to, (why, words) in by_server.items()}
    status = code or min(why for why, _ in refused.values())  # 4.. before 5..
    said = "; ".join(f"{to} refused: {why} {words}" for to, (why, words) in refused.items())
    return replace(_answered(status, said), refused=refused)


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Foreign errors to ours, with words a person understands."""
    try:
        yield
    except FetchError:
        raise
    except TimeoutError:
        raise TimedOut(where, "no answer in time") from None
    except smtplib.SMTPServerDisconnected as error:
        if isinstance(error.__context__, TimeoutError):  # smtplib's word for a server that was waited for in vain
            raise TimedOut(where, "no answer in time") from None
        raise ConnectionFailed(where, "the server ended the session early") from None
    except UnicodeError:  # smtplib writes logins and mailboxes in ASCII; its own words would show the password
        raise ConnectionFailed(where, "its login, host or a mailbox has other than ASCII characters") from None
    except socket.gaierror:
        raise ConnectionFailed.unresolved(where) from None
    except ssl.SSLError:
        raise ConnectionFailed.untrusted(where) from None
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionFailed(where, f"the session ended early ({type(error).__name__})") from None
