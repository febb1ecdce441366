"""The two mails Klankbord sends: the same words, size and headers always.

One says that there is news, to those who work with it; the other asks somebody to come and work
with it, and carries a link that is not stored. Neither names an organisation or a person.

Whoever reads along (a mailbox left open, a mail system, somebody's phone on a table) learns that
there is news in Klankbord, and not what, how much, or about whom (vault §2.10, P7). Its text is
fixed here and not in a catalogue: a translation that changes would change the size.
"""

from email.utils import parseaddr
from secrets import token_hex
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from klankbord.kit.tokens.invitations import invitation_token

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

INVITATION_SUBJECT = "Klankbord: uitnodiging / invitation / Einladung"
INVITATION_TEXT = """\
Dag,

Iemand vraagt je om met Klankbord te werken. Open deze link binnen drie dagen:
{link}
De link werkt één keer. Verwacht je dit niet? Dan hoef je niets te doen.

--

Bonjour,

On te propose de travailler avec Klankbord. Ouvre ce lien dans les trois jours :
{link}
Le lien fonctionne une seule fois. Tu ne t'y attends pas ? Alors ne fais rien.

--

Hello,

Somebody asks you to work with Klankbord. Open this link within three days:
{link}
The link works once. You do not expect this? Then you need not do anything.

--

Guten Tag,

jemand bittet dich, mit Klankbord zu arbeiten. Öffne diesen Link innerhalb von drei Tagen:
{link}
Der Link funktioniert ein Mal. Du erwartest das nicht? Dann musst du nichts tun.
"""


def the_invitation(address: str, invitation: UUID, connection: BaseEmailBackend) -> EmailMessage:
    """The mail with a link to `address`. The link has the same length for everybody."""
    link = f"{settings.BASE_URL.rstrip('/')}/uitnodiging/{invitation_token(invitation)}/"
    return _mail(INVITATION_SUBJECT, INVITATION_TEXT.format(link=link), address, connection)


def the_letter(address: str, connection: BaseEmailBackend) -> EmailMessage:
    """The mail to `address`. Only To, Date and Message-ID differ from one mail to the next."""
    text = TEXT.format(address=f"{settings.BASE_URL.rstrip('/')}/inloggen/")
    return _mail(SUBJECT, text, address, connection)


def _mail(subject: str, text: str, address: str, connection: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        subject=subject,
        body=text,
        to=[address],
        connection=connection,
        headers={"Message-ID": _message_id(), "Auto-Submitted": "auto-generated"},
    )


def _message_id() -> str:
    """Random, under the domain of the sender: Django's own names the machine and the moment."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{token_hex(16)}@{domain}>"
