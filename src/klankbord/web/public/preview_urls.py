"""Public pages before they are public: the first segment says with which cookie one comes."""

from django.urls import path

from klankbord.web.public.views.preview import preview, style

app_name = "preview"
urlpatterns = [
    path("beheer/<slug:slug>/voorbeeld/<slug:page>/", preview, name="page"),
    path("beheer/<slug:slug>/voorbeeld/<slug:name>.css", style, name="style"),
]
