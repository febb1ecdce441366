"""Klankbord's settings: one file, also for the tests. What may be set is in docs/settings.md."""

from pathlib import Path
from urllib.parse import urlsplit

from klankbord.config.environment import (
    SettingRefused,
    database,
    folder,
    line,
    mail,
    truth,
    web_address,
    whole_number,
)
from klankbord.config.keyring import KeyringUnreadable, new_keyring, read_keyring
from klankbord.config.reserved import RESERVED
from klankbord.kit.pages.logs import LOGGING as LOGGING

PACKAGE = Path(__file__).resolve().parents[1]
VENDOR = PACKAGE.parents[1] / "vendor"

# What an operator sets ------------------------------------------------------------------------
DATA = folder("KLANKBORD_DATA", default=Path(".data"))
KEYRING_FILE = folder("KLANKBORD_KEYRING", default=DATA.with_name(f"{DATA.name}.keyring"))
BASE_URL = web_address("KLANKBORD_BASE_URL", default="http://127.0.0.1:8000")
HTTPS = truth("KLANKBORD_HTTPS", default=False)
DEBUG = truth("KLANKBORD_DEBUG", default=False)
UPLOAD_LIMIT = whole_number(
    "KLANKBORD_UPLOAD_LIMIT", default=25 * 2**20, least=64 * 2**10, most=2**30
)
HOSTED = line("KLANKBORD_HOSTED", longest=160)
# Budgets of each organisation in each of the workers (kit.budgets), and what is kept for text.
CODE_CHECKS_A_MINUTE = whole_number("KLANKBORD_CODE_CHECKS", default=60, least=1, most=10**6)
REPORTS_A_MINUTE = whole_number("KLANKBORD_REPORTS", default=60, least=1, most=10**6)
UPLOADS_AN_HOUR = whole_number(
    "KLANKBORD_UPLOADS", default=2 * 2**30, least=UPLOAD_LIMIT, most=2**50
)
DISK_RESERVE = whole_number("KLANKBORD_DISK_RESERVE", default=2**30, least=0, most=2**40)
DATABASES = {"default": database("DATABASE_URL", default=f"sqlite:///{DATA}/klankbord.sqlite3")}
_mail = mail("EMAIL_URL", default="consolemail://")

# The keyring ----------------------------------------------------------------------------------
# Tests and checks get along with one that is forgotten; config.checks refuses to serve without the
# file, and wsgi.py refuses too.
try:
    KEYRING = read_keyring(KEYRING_FILE) if KEYRING_FILE.exists() else new_keyring()
except (KeyringUnreadable, OSError):
    raise SettingRefused(
        "KLANKBORD_KEYRING", f"is not a readable keyring: {KEYRING_FILE}."
    ) from None
SECRET_KEY = KEYRING.secret_key

# The house ------------------------------------------------------------------------------------
ROOT_URLCONF = "klankbord.config.urls"
WSGI_APPLICATION = "klankbord.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
RESERVED_NAMES = RESERVED
INSTALLED_APPS = [
    "klankbord.kit.sessions",
    "klankbord.kit.tokens",
    "klankbord.kit.outbox",
    "klankbord.kit.journal",
    "klankbord.organisations",
    "klankbord.agenda",
    "klankbord.cases",
    "klankbord.handling",
    "klankbord.intake",
    "klankbord.improvement",
    "klankbord.web.components",
    "klankbord.web.public",
    "klankbord.web.workbench",
    "klankbord.web.oversight",
    "klankbord.web.administration",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "klankbord.kit.pages.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klankbord.kit.pages.language.LanguageMiddleware",
    "klankbord.kit.pages.errors.ErrorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "klankbord.kit.pages.origin.OriginMiddleware",
    "klankbord.kit.sessions.middleware.SealedSessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------
_SQLITE = {
    # FULL: NORMAL loses commits on power failure. secure_delete: deleted text is overwritten.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0",
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
}
# Bound on the server: an error then shows $1 in the server's log, never what somebody wrote.
# Prepared after some uses: planning thirty statements anew costs a tenth of a report.
_POSTGRES = {
    "server_side_binding": True, "prepare_threshold": 5, "options": "-c synchronous_commit=on",
}  # fmt: skip
_default = DATABASES["default"]
_default["OPTIONS"] = {
    **_default.get("OPTIONS", {}),
    **(_SQLITE if _default["ENGINE"].endswith("sqlite3") else _POSTGRES),
}
_default["CONN_MAX_AGE"] = 600
_default["CONN_HEALTH_CHECKS"] = True

# Language and time ----------------------------------------------------------------------------
USE_I18N = True
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Addresses and the browser --------------------------------------------------------------------
_host = urlsplit(BASE_URL).hostname or ""
ALLOWED_HOSTS = sorted({"127.0.0.1", "localhost", "[::1]", f"[{_host}]" if ":" in _host else _host})
APPEND_SLASH = True
CSRF_USE_SESSIONS = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SESSION_ENGINE = "klankbord.kit.sessions.store"
SESSION_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer browsers post `Origin: null`
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_FAILURE_VIEW = "klankbord.web.workbench.views.signing_in.session_ended"
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # X-Frame-Options comes from our HeadersMiddleware

# What comes in --------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 2**20  # a story of ten megabytes is still read, and then cut
FILE_UPLOAD_HANDLERS = ["klankbord.kit.files.handler.SealingUploadHandler"]  # never plain on disk

# Static files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [("klankbord", VENDOR / "govuk-frontend" / "dist")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail and errors ------------------------------------------------------------------------------
EMAIL_BACKEND = _mail.pop("EMAIL_BACKEND")
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = f"Klankbord <no-reply@{_host}>"
ADMINS: list[tuple[str, str]] = []  # Django would mail the story, the code and the address
DEFAULT_EXCEPTION_REPORTER = "klankbord.kit.pages.reporter.BareReporter"
