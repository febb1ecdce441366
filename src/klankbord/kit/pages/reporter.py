"""Django's own error page and error mail, emptied: they would show request and variables."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

from klankbord.kit.pages.logs import what_failed


class BareReporter(ExceptionReporter):
    """For DEFAULT_EXCEPTION_REPORTER: exception class, function and line, also under DEBUG."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"failed": what_failed(self.exc_value) if self.exc_value else "unknown"}

    def get_traceback_html(self) -> SafeString:
        return format_html(
            "<!doctype html><title>Error</title><pre>{failed}</pre>", **self.get_traceback_data()
        )

    def get_traceback_text(self) -> SafeString:
        return format_html("{failed}", **self.get_traceback_data())
