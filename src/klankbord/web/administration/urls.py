"""The addresses of those who keep an organisation's settings, and can read no case."""

from django.urls import URLPattern, URLResolver, path

from klankbord.web.administration.views import activities, journal, keeping, organisations, people

app_name = "administration"
urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/", organisations.organisations, name="organisations"),
    path("beheer/activiteiten/", activities.everywhere, name="activities"),
    path("beheer/<slug:slug>/activiteiten/", activities.new, name="activity_new"),
    path("beheer/<slug:slug>/activiteiten/<uuid:activity>/", activities.one, name="activity"),
    path(
        "beheer/<slug:slug>/activiteiten/<uuid:activity>/stop/", activities.end, name="activity_end"
    ),
    path("beheer/<slug:slug>/medewerkers/", people.people, name="people"),
    path("beheer/<slug:slug>/bewaring/", keeping.keeping, name="keeping"),
    path("beheer/<slug:slug>/logboek/", journal.journal, name="journal"),
]
