"""Searching in one's own cases. The words travel in the form and never in an address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling.searching import SearchTooShort
from klankbord.handling.searching import search as look
from klankbord.kit.clock import today
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms

PAGE = "workbench/search.html"


@allow(READER)
def search(request: MemberRequest) -> HttpResponse:
    """Look through what one can open; nothing of it is kept (vault §2.10)."""
    asked = forms.line(request, "asked")
    page = {
        "here": "inbox",
        "today": today(),
        "asked": asked,
        "several": len(request.member.reads) > 1,
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    try:
        found = look(
            request.member, asked, after=forms.line(request, "after"),
            language=translation.get_language(),
        )  # fmt: skip
    except SearchTooShort:
        said = gettext("Write a word of at least two letters.")
        return forms.again(request, PAGE, page, {"asked": said})
    return render(request, PAGE, {**page, "found": found})
