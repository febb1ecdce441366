"""Every address of Klankbord: each desk brings its own; the public desk comes last, because its
first segment is an organisation's name.
"""

from django.urls import include, path

from klankbord.config.first_run import begin
from klankbord.config.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("stichten/<str:token>/", begin, name="begin"),
    path("", include("klankbord.web.workbench.urls")),
    path("", include("klankbord.web.oversight.urls")),
    path("", include("klankbord.web.administration.urls")),
    path("", include("klankbord.web.public.preview_urls")),
    path("", include("klankbord.web.public.urls")),
]

handler400 = "klankbord.kit.pages.errors.bad_request"
handler403 = "klankbord.kit.pages.errors.forbidden"
handler404 = "klankbord.kit.pages.errors.not_found"
handler500 = "klankbord.kit.pages.errors.server_error"
