"""The addresses of those who keep an organisation's settings, and can read no case."""

from django.urls import URLPattern, URLResolver, path

from klankbord.web.administration.views import (
    absences,
    journal,
    keeping,
    organisations,
    people,
    rota,
)

app_name = "administration"
urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/", organisations.organisations, name="organisations"),
    path("beheer/<slug:slug>/medewerkers/", people.people, name="people"),
    path("beheer/<slug:slug>/rooster/", rota.turns, name="rota"),
    path("beheer/<slug:slug>/afwezig/", absences.absences, name="absences"),
    path("beheer/<slug:slug>/bewaring/", keeping.keeping, name="keeping"),
    path("beheer/<slug:slug>/logboek/", journal.journal, name="journal"),
]
