"""Somebody with a browser, as far as HTTP goes: cookies, forms read from the page, and a record."""

import http.client
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

NEVER_SENT = {"submit", "button", "image", "reset", "file"}
SEE_OTHER = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along in a form."""

    name: str
    content: bytes = field(repr=False)
    kind: str = "application/octet-stream"


Values = Mapping[str, str | Sequence[str] | Upload]


@dataclass(slots=True)
class Form:
    """A form as it stands on the page: what it would send if only the button were pressed."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)

    def asks(self, name: str) -> bool:
        """Whether there is a field or a button of this name."""
        return name in self.kinds or any(it.get("name") == name for it in self.buttons)

    def typed(self) -> list[str]:
        """The fields in which somebody writes."""
        return [name for name, kind in self.kinds.items() if kind in {"text", "textarea", "tel"}]


class _Reader(HTMLParser):
    """Reads the forms, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._open: Form | None = None
        self._text: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif self._open is not None:
            self._field(self._open, tag, given, {name for name, _ in attrs})

    def _field(self, form: Form, tag: str, given: dict[str, str], marks: set[str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        kind = given.get("type", "text" if tag == "input" else "submit")
        if tag == "button" or (tag == "input" and kind in {"submit", "image"}):
            form.buttons.append(given)
        elif tag == "input" and name:
            form.kinds[name] = kind
            if kind in {"radio", "checkbox"}:
                form.offered.setdefault(name, []).append(value or "on")
                if "checked" in marks:
                    form.fields.append((name, value or "on"))
            elif kind not in NEVER_SENT:
                form.fields.append((name, value))
        elif tag == "textarea" and name:
            form.kinds[name] = "textarea"
            self._text = (name, [])
        elif tag == "select" and name:
            form.kinds[name] = "select"
            self._select = name
        elif tag == "option" and self._select:
            form.offered.setdefault(self._select, []).append(value)
            if "selected" in marks:
                form.fields.append((self._select, value))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[1].append(data)
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None and self._open is not None:
            name, pieces = self._text
            self._open.fields.append((name, "".join(pieces).removeprefix("\n")))
            self._text = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._open = None


@dataclass(slots=True)
class Page:
    """An answer of the server."""

    status: int
    path: str
    headers: http.client.HTTPMessage = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def forms(self) -> list[Form]:
        return self._read().forms

    @property
    def links(self) -> list[str]:
        return self._read().links

    @property
    def text(self) -> str:
        """The words on the page, with single spaces."""
        return " ".join("".join(self._read().words).split())

    @property
    def to(self) -> str:
        """Where this answer sends somebody, or nothing."""
        return self.headers.get("Location", "") if self.status in SEE_OTHER else ""

    def form(self, *names: str, to: str = "") -> Form:
        """The first form that asks for all these and goes to an address ending like this."""
        for it in self.forms:
            if all(it.asks(name) for name in names) and (it.action or self.path).endswith(to):
                return it
        asked = [(it.action, [*it.kinds]) for it in self.forms]
        raise AssertionError(f"no form with {names} to {to!r} on {self.path}: {asked}")

    def _read(self) -> _Reader:
        reader = _Reader()
        if "html" in (self.headers.get("Content-Type") or ""):
            reader.feed(self.html)
            reader.close()
        return reader


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it went out, and how it was answered, but for the two bodies."""

    line: str
    headers: tuple[tuple[str, str], ...]
    status: int
    answered: tuple[tuple[str, str], ...]


class Visitor:
    """One browser, with its cookies. Follows nothing unless asked."""

    def __init__(self, origin: str, *, patience: float = 60) -> None:
        self.origin = origin.rstrip("/")
        self.patience = patience
        self.cookies: dict[str, str] = {}
        self.record: list[Sent] = []

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Look at a page."""
        return self._ask("GET", path, headers=headers)

    def follow(self, page: Page) -> Page:
        """Go where an answer sends somebody, within this website."""
        while page.to:
            page = self.get(urljoin(page.path, page.to))
        return page

    def post(
        self,
        path: str,
        values: Iterable[tuple[str, str | Upload]],
        *,
        headers: Mapping[str, str] | None = None,
        multipart: bool = False,
    ) -> Page:
        """Send a form."""
        pairs = list(values)
        if multipart or any(isinstance(value, Upload) for _, value in pairs):
            kind, body = _multipart(pairs)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(pairs).encode()
        own = {"Content-Type": kind, "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return self._ask("POST", path, body=body, headers={**own, **(headers or {})})

    def press(
        self,
        page: Page,
        values: Values | None = None,
        *,
        to: str = "",
        button: str = "",
        pressed: str = "",
        asks: Sequence[str] = (),
    ) -> Page:
        """Fill in a form of the page and press its button: the first, or the one of this name
        (and with this value, where several buttons have one name).
        """
        form = page.form(*(values or {}), *asks, *([button] if button else []), to=to)
        pairs, action = filled(form, values or {}), form.action
        named = [it for it in form.buttons if button and it.get("name") == button]
        chosen = next((it for it in named if pressed in {"", it.get("value", "")}), None)
        if chosen is not None:
            pairs.append((button, chosen.get("value", "")))
            action = chosen.get("formaction", action)
        return self.post(urljoin(page.path, action or page.path), pairs)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        parts = urlsplit(self.origin)
        line = http.client.HTTPConnection(
            parts.hostname or "", parts.port or 80, timeout=self.patience
        )
        own = dict(headers or {})
        if self.cookies:
            own["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body=body, headers=own)
            answer = line.getresponse()
            content = answer.read()
        finally:
            line.close()
        self._keep_cookies(answer.headers)
        self.record.append(
            Sent(f"{method} {path}", tuple(own.items()), answer.status, tuple(answer.getheaders()))
        )
        return Page(answer.status, path, answer.headers, content)

    def _keep_cookies(self, headers: http.client.HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            if re.search(r"max-age=0\b", line, re.IGNORECASE) or not value.strip('"'):
                self.cookies.pop(name.strip(), None)
            else:
                self.cookies[name.strip()] = value.strip()


def filled(form: Form, values: Values) -> list[tuple[str, str | Upload]]:
    """What a form sends when these fields are filled in and the others stay as they are."""
    pairs: list[tuple[str, str | Upload]] = [it for it in form.fields if it[0] not in values]
    for name, value in values.items():
        if isinstance(value, str | Upload):
            pairs.append((name, value))
        else:
            pairs += [(name, one) for one in value]
    return pairs


def _multipart(pairs: Sequence[tuple[str, str | Upload]]) -> tuple[str, bytes]:
    edge = secrets.token_hex(12)
    parts = []
    for name, value in pairs:
        head = f'Content-Disposition: form-data; name="{name}"'
        content = value.content if isinstance(value, Upload) else value.encode()
        if isinstance(value, Upload):
            head += f'; filename="{value.name}"\r\nContent-Type: {value.kind}'
        parts.append(b"--%b\r\n%b\r\n\r\n%b\r\n" % (edge.encode(), head.encode(), content))
    body = b"".join(parts) + f"--{edge}--\r\n".encode()
    return f"multipart/form-data; boundary={edge}", body


Answers = Mapping[str, Any] | Callable[[Form], Mapping[str, Any]]


def walk(visitor: Visitor, slug: str, pages: Answers, *, prefix: str = "") -> Page:
    """Tell something: from the first question to the last check, filling in what is asked there.

    `pages` maps the name of a field to its value (a list of `Upload` for files), or tells what goes
    in a form; a field that no page asks is never sent.
    """
    page = visitor.get(f"{prefix}/{slug}/c/1/")
    for _ in range(40):
        assert page.status == 200, (page.status, page.path, page.text[:300])
        if page.path.endswith("/check/"):
            return page
        page = visitor.follow(_onward(visitor, page, pages))
    raise AssertionError("the form has no end")


def _onward(visitor: Visitor, page: Page, pages: Answers) -> Page:
    if page.path.endswith("/n/"):  # the numbers to call: the form goes on behind them
        onward = next(it for it in page.links if re.search(r"/c/(\d+|check)/$", it)
                      and it != page.path.removesuffix("n/"))  # fmt: skip
        return visitor.get(onward)
    form = page.form("form")
    wanted = pages(form) if callable(pages) else pages
    given = {name: value for name, value in wanted.items() if form.asks(name)}
    uploads = {name: value for name, value in given.items() if isinstance(value, list)
               and value and isinstance(value[0], Upload)}  # fmt: skip
    for name, files in uploads.items():
        for file in files:
            page = visitor.press(page, {name: file}, button="add")
            assert page.status == 200, page.text[:300]
    rest = {name: value for name, value in given.items() if name not in uploads}
    return visitor.press(page, rest, asks=["form"])


CODE = re.compile(r"<span>(\d{4})</span>")


def code_on(page: Page) -> str:
    """The code on a receipt, without its spaces."""
    groups = CODE.findall(page.html)
    assert page.status == 200, (page.status, page.text[:300])
    assert len(groups) == 5, page.text[:400]
    return "".join(groups)


def tell(visitor: Visitor, slug: str, pages: Answers | None = None) -> str:
    """Tell something and send it; returns the code."""
    return code_on(visitor.press(walk(visitor, slug, pages or {}), {}, asks=["form"], to="/check/"))


def enter(visitor: Visitor, slug: str, code: str) -> Page:
    """Come back with a code."""
    return visitor.follow(visitor.press(visitor.get(f"/{slug}/m/"), {"code": code}))


def sign_in(visitor: Visitor, mail: str, passphrase: str, code: str = "") -> Page:
    """Come in as somebody who works here."""
    page = visitor.get("/inloggen/")
    return visitor.follow(
        visitor.press(page, {"mail": mail, "passphrase": passphrase, "code": code})
    )
