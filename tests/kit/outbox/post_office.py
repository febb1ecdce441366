"""A mail server on this machine, as real as the library makes it, that can be told to fail."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class PostOffice:
    """What arrived, byte by byte; `reply` may answer a recipient with something else than 250."""

    mails: list[tuple[str, bytes]] = field(default_factory=list)
    recipient: Callable[[str], str] = lambda _: "250 OK"
    content: Callable[[], str] = lambda: "250 OK"

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        answer = self.content()
        if answer.startswith("250"):
            self.mails += [(address, envelope.content) for address in envelope.rcpt_tos]
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def post_office(settings: Any) -> Iterator[PostOffice]:
    """An open post office to which Django's mail goes."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "Klankbord <no-reply@klankbord.example>"
    settings.BASE_URL = "https://klankbord.example"
    try:
        yield office
    finally:
        controller.stop()
