"""``email``: a multipart message, text and HTML that say the same, for an SMTP server.

Revisions answer the first message, so that a mail reader shows one conversation an event. What is sent is the same at every
attempt: date and Message-ID follow from the delivery (RFC 5322; RFC 3834 for mail that machines write).
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from monitor.interfaces import Answer, Judged, Judgement, Mail, Outgoing
from monitor.model import Alert
from monitor.notify.email_html import as_html
from monitor.notify.message import message_of
from monitor.notify.plain import as_full_text
from monitor.subjects import at_of
from monitor.text import shorten

MAX_SUBJECT = 180
_AUTH = (530, 534, 535, 538)


class Email:
    kind = "email"

    def __init__(self, server: str, sender: str, to: tuple[str, ...]) -> None:
        self._server, self._sender, self._to = server, sender, to
        self._domain = sender.rpartition("@")[2]

    def request(self, outgoing: Outgoing, *, now: datetime) -> Mail:
        message = message_of(outgoing)
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = shorten(" ".join(message.title.split()), MAX_SUBJECT)
        mail["From"] = Address("Movewire", addr_spec=self._sender)
        mail["To"] = ", ".join(self._to)
        mail["Date"] = format_datetime(at_of(outgoing.subject))
        mail["Message-ID"] = self._id(outgoing)
        if (first := self._first(outgoing)) and first != mail["Message-ID"]:
            mail["In-Reply-To"] = mail["References"] = first
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Movewire-Delivery"] = outgoing.delivery_id
        mail.set_content(as_full_text(message) + "\n", cte="quoted-printable")
        if not outgoing.plain:
            mail.add_alternative(as_html(message), subtype="html", cte="quoted-printable")
            # The line between the parts is chosen at random otherwise, and every attempt is to say the same bytes.
            mail.set_boundary("=_" + hashlib.sha256(outgoing.delivery_id.encode()).hexdigest()[:32])
        left = tuple(to for to in self._to if to in outgoing.only) if outgoing.only else self._to
        return Mail(server=self._server, sender=self._sender, recipients=left, content=mail.as_bytes())

    def _id(self, outgoing: Outgoing) -> str:
        subject = outgoing.subject
        if isinstance(subject, Alert) and not outgoing.test:
            return f"<{subject.id}.{subject.revision}@{self._domain}>"
        return f"<{outgoing.delivery_id}@{self._domain}>"

    def _first(self, outgoing: Outgoing) -> str:
        subject = outgoing.subject
        return f"<{subject.id}.1@{self._domain}>" if isinstance(subject, Alert) and subject.revision > 1 else ""

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        """SMTP's reply codes (RFC 5321, 4.2): 2 is taken, 4 is tried again, 5 is refused.

        Where others have the mail, each recipient who is refused is judged by himself.
        """
        words = answer.body[:200].decode("utf-8", "replace")
        why = f"the mail server answered {answer.status} {words}".strip()
        taken = 200 <= answer.status < 300
        if answer.status in _AUTH:
            return Judged(judgement=Judgement.DISABLE, why=f"{why}: the login is not accepted")
        if taken or (outgoing.only and answer.refused):
            return _each(answer, taken=taken)
        if answer.status >= 500:
            return Judged(judgement=Judgement.AGAIN, why=why, refused=True)
        return Judged(judgement=Judgement.AGAIN, why=why)


def _each(answer: Answer, *, taken: bool) -> Judged:
    """What is left to do where some, now or before, have the mail."""
    later = tuple(to for to, (code, _) in answer.refused.items() if code < 500)
    said = {to: f"{to} refused: {code} {words}".strip() for to, (code, words) in answer.refused.items()}
    return Judged(
        judgement=Judgement.SENT if taken or not later else Judgement.AGAIN,
        why="; ".join(said[to] for to in later),
        missed="; ".join(words for to, words in said.items() if to not in later),
        later=later,
    )
