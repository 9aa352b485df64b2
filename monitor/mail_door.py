"""The door for mail: SMTP in a thread, its host judged by the address guard and dialled at the address that was judged."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from urllib.parse import SplitResult, unquote, urlsplit

from monitor.address_guard import Network, forbidden, refusal
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut
from monitor.interfaces import Answer, Mail
from monitor.urls import redacted

Address = tuple[str, int]
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
THREADS = 4


class MailDoor:
    """``tls`` is the context servers are checked with; None: the system's trusted certificates."""

    def __init__(self, allow: Collection[Network] = (), tls: ssl.SSLContext | None = None) -> None:
        self._allow, self._tls = tuple(allow), tls
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail")

    async def send(self, mail: Mail, timeout: timedelta) -> Answer:
        """The server's last word as an answer: its reply code as the status. Raises FetchError where it said nothing."""
        where, seconds = redacted(mail.server), timeout.total_seconds()
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._send, mail, where, seconds)
        try:
            return await asyncio.wait_for(work, seconds)
        except TimeoutError:
            raise TimedOut(where, f"no whole answer within {seconds:g} s") from None

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _send(self, mail: Mail, where: str, seconds: float) -> Answer:
        server = urlsplit(mail.server)
        with _translated(where):
            addresses = self._judged(server, where)
            try:
                with self._session(server, addresses, seconds) as smtp:
                    if server.scheme == "smtp":
                        smtp.starttls(context=self._context())
                    if server.username:
                        smtp.login(unquote(server.username), unquote(server.password or ""))
                    refused = smtp.sendmail(mail.sender, mail.recipients, mail.content)
            except smtplib.SMTPRecipientsRefused as error:
                code, words = next(iter(error.recipients.values()))
                return Answer(status=code, body=words)
            except smtplib.SMTPNotSupportedError as error:
                return Answer(status=550, body=f"{error}; smtp+plain:// sends without".encode())
            except smtplib.SMTPResponseException as error:
                said = error.smtp_error
                return Answer(status=error.smtp_code, body=said if isinstance(said, bytes) else str(said).encode())
        told = "; ".join(f"{to} refused: {code}" for to, (code, _) in refused.items())
        return Answer(status=250, body=told.encode())

    def _judged(self, server: SplitResult, where: str) -> list[Address]:
        """The addresses of the host, every one of which may be dialled. Raises BlockedAddress."""
        port = server.port or PORTS[server.scheme]
        found = socket.getaddrinfo(server.hostname, port, type=socket.SOCK_STREAM)
        for *_, to in found:
            if why := forbidden(str(to[0]), self._allow):
                raise BlockedAddress(where, refusal(str(to[0]), why))
        return [(str(to[0]), port) for *_, to in found]

    def _session(self, server: SplitResult, addresses: list[Address], seconds: float) -> smtplib.SMTP:
        host = server.hostname or ""
        if server.scheme == "smtps":
            return _GuardedTls(host, addresses, seconds, self._context())
        return _Guarded(host, addresses, seconds)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()


class _Guarded(smtplib.SMTP):
    """A session with ``host`` at the first of the judged addresses that answers: the name is not resolved a second time."""

    def __init__(self, host: str, addresses: list[Address], seconds: float) -> None:
        self._addresses = addresses
        super().__init__(host, addresses[0][1], timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        for address in self._addresses[:-1]:
            with suppress(OSError):
                return socket.create_connection(address, timeout)
        return socket.create_connection(self._addresses[-1], timeout)


class _GuardedTls(_Guarded):
    """The same with TLS from the first byte."""

    def __init__(self, host: str, addresses: list[Address], seconds: float, context: ssl.SSLContext) -> None:
        self._context_ = context
        super().__init__(host, addresses, seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._context_.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=host)


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
        raise ConnectionFailed(where, "the host's name cannot be resolved") from None
    except ssl.SSLError:
        raise ConnectionFailed(where, "the TLS certificate or handshake is not acceptable") from None
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionFailed(where, f"the session ended early ({type(error).__name__})") from None
