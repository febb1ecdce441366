"""The one mail Klankbord sends to those who work with it: the same words, size and headers always.

Whoever reads along (a mailbox left open, a mail system, somebody's phone on a table) learns that
there is news in Klankbord, and not what, how much, or about whom (vault §2.10, P7). Its text is
fixed here and not in a catalogue: a translation that changes would change the size.
"""

from email.utils import parseaddr
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SUBJECT = "Klankbord: nieuws / nouvelles / news / Neuigkeiten"
TEXT = """\
Dag,

Er staat nieuws voor jou klaar in Klankbord. Log in om het te lezen:
{address}
Wat het is, schrijven we niet in een mail. Antwoorden op deze mail kan niet.

--

Bonjour,

Du nouveau t'attend dans Klankbord. Connecte-toi pour le lire :
{address}
Nous n'écrivons jamais dans un mail de quoi il s'agit. Ce mail ne reçoit pas de réponses.

--

Hello,

There is news for you in Klankbord. Sign in to read it:
{address}
We never write in a mail what it is. This mail takes no replies.

--

Guten Tag,

in Klankbord gibt es Neuigkeiten für dich. Melde dich an, um sie zu lesen:
{address}
Worum es geht, schreiben wir nie in eine Mail. Auf diese Mail kann man nicht antworten.
"""


def the_letter(address: str, connection: BaseEmailBackend) -> EmailMessage:
    """The mail to `address`. Only To, Date and Message-ID differ from one mail to the next."""
    return EmailMessage(
        subject=SUBJECT,
        body=TEXT.format(address=f"{settings.BASE_URL.rstrip('/')}/inloggen/"),
        to=[address],
        connection=connection,
        headers={"Message-ID": _message_id(), "Auto-Submitted": "auto-generated"},
    )


def _message_id() -> str:
    """Random, under the domain of the sender: Django's own names the machine and the moment."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{token_hex(16)}@{domain}>"
