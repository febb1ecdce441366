"""The addresses of those who keep an organisation's settings, and can read no case."""

from django.urls import URLPattern, URLResolver, path

from klankbord.web.administration.views import (
    card,
    inviting,
    journal,
    keeping,
    leaving,
    new_keys,
    organisations,
    people,
    person,
    roles,
)

app_name = "administration"
urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/", organisations.organisations, name="organisations"),
    path("beheer/<slug:slug>/medewerkers/", people.people, name="people"),
    path("beheer/<slug:slug>/medewerkers/invite/", inviting.invite, name="invite"),
    path(
        "beheer/<slug:slug>/medewerkers/invitation/<uuid:invitation>/",
        inviting.invitation,
        name="invitation",
    ),
    path("beheer/<slug:slug>/medewerkers/<uuid:person>/", person.person, name="person"),
    path("beheer/<slug:slug>/medewerkers/<uuid:person>/card/", card.card, name="card"),
    path("beheer/<slug:slug>/medewerkers/<uuid:person>/role/", roles.give, name="give_role"),
    path(
        "beheer/<slug:slug>/medewerkers/<uuid:person>/role/<int:role>/", roles.end, name="end_role"
    ),
    path("beheer/<slug:slug>/medewerkers/<uuid:person>/keys/", new_keys.ask, name="new_keys"),
    path("beheer/<slug:slug>/medewerkers/<uuid:person>/leave/", leaving.leave, name="leave"),
    path("beheer/<slug:slug>/bewaring/", keeping.keeping, name="keeping"),
    path("beheer/<slug:slug>/logboek/", journal.journal, name="journal"),
]
