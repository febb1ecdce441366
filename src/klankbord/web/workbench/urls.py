"""The addresses of those who follow up reports."""

from django.urls import URLPattern, URLResolver, path

from klankbord.web.workbench.views import (
    account,
    case,
    closing,
    exclusion,
    files,
    inbox,
    invitation,
    leaving,
    one_time_code,
    paper,
    reading,
    recovery,
    signing_in,
    vouching,
)

app_name = "workbench"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggen/", signing_in.sign_in, name="sign_in"),
    path("inloggen/herstel/", recovery.recover, name="recover"),
    path("uitnodiging/<str:token>/", invitation.invitation, name="invitation"),
    path("uitloggen/", signing_in.sign_out, name="sign_out"),
    path("werk/", inbox.inbox, name="inbox"),
    path("werk/afgesloten/", inbox.closed, name="closed"),
    path("werk/papier/", paper.paper, name="paper"),
    path("werk/papier/<slug:place>/<slug:form>/", paper.sheet, name="sheet"),
    path("werk/<str:reference>/", case.case, name="case"),
    path("werk/<str:reference>/answer/", case.answer, name="answer"),
    path("werk/<str:reference>/note/", case.note, name="note"),
    path("werk/<str:reference>/access/", reading.access, name="access"),
    path("werk/<str:reference>/access/end/", reading.end, name="access_end"),
    path("werk/<str:reference>/exclusion/", exclusion.settle, name="exclusion"),
    path("werk/<str:reference>/close/", closing.close, name="close"),
    path("werk/<str:reference>/reopen/", closing.reopen, name="reopen"),
    path("werk/<str:reference>/file/<uuid:file>/", files.original, name="file"),
    path("werk/<str:reference>/file/<uuid:file>/view/", files.cleaned, name="view"),
    path("account/", account.account, name="account"),
    path("account/colleagues/", vouching.colleagues, name="colleagues"),
    path("account/colleagues/<uuid:person>/", vouching.vouch, name="vouch"),
    path("account/leave/<uuid:person>/", leaving.leave, name="leave"),
    path("account/passphrase/", account.passphrase, name="passphrase"),
    path("account/recovery/", account.recovery, name="renew_recovery"),
    path("account/code/", one_time_code.switch_on, name="one_time_code"),
    path("account/code/off/", one_time_code.switch_off, name="one_time_code_off"),
]
