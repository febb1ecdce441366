"""The addresses of those who keep an organisation's settings, and can read no case."""

from django.urls import URLPattern, URLResolver, path

from klankbord.web.administration.views import (
    absences,
    activities,
    card,
    categories,
    colours,
    days,
    draft,
    draft_step,
    engaging,
    history,
    inviting,
    journal,
    keeping,
    leaving,
    meetings,
    new_keys,
    organisations,
    page_text,
    pages,
    people,
    person,
    procedures,
    promises,
    publishing,
    reach,
    roles,
    rota,
    unit,
    units,
)

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
    path("beheer/<slug:slug>/rooster/", rota.turns, name="rota"),
    path("beheer/<slug:slug>/afwezig/", absences.absences, name="absences"),
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
    path("beheer/<slug:slug>/delen/", units.units, name="units"),
    path("beheer/<slug:slug>/delen/<uuid:unit>/", unit.unit, name="unit"),
    path("beheer/<slug:slug>/bureau/", engaging.bureau, name="bureau"),
    path("beheer/<slug:slug>/bureau/<uuid:engagement>/", engaging.end, name="engagement"),
    path("beheer/<slug:slug>/vergaderingen/", meetings.meetings, name="meetings"),
    path("beheer/<slug:slug>/bewaring/", keeping.keeping, name="keeping"),
    path("beheer/<slug:slug>/logboek/", journal.journal, name="journal"),
    path("beheer/<slug:slug>/werkwijzen/", procedures.procedures, name="procedures"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/", procedures.procedure, name="procedure"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/copy/", procedures.copy, name="copy"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/off/", procedures.off, name="procedure_off"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/own/", draft.draft, name="draft"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/own/drop/", draft.drop, name="draft_drop"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/own/text/", draft.text, name="draft_text"),
    path("beheer/<slug:slug>/werkwijzen/<str:key>/own/who/", draft_step.seats, name="draft_seats"),
    path(
        "beheer/<slug:slug>/werkwijzen/<str:key>/own/<int:number>/",
        draft_step.step,
        name="draft_step",
    ),
    path("beheer/<slug:slug>/paginas/", pages.pages, name="pages"),
    path(
        "beheer/<slug:slug>/paginas/tekst/<slug:language>/", page_text.page_text, name="page_text"
    ),
    path(
        "beheer/<slug:slug>/paginas/onderwerpen/<slug:language>/",
        categories.categories_page,
        name="categories",
    ),
    path(
        "beheer/<slug:slug>/paginas/beloften/<slug:language>/", promises.promises, name="promises"
    ),
    path(
        "beheer/<slug:slug>/paginas/woorden/<slug:language>/",
        promises.vocabulary,
        name="vocabulary",
    ),
    path("beheer/<slug:slug>/paginas/bereikbaar/", reach.reach, name="reach"),
    path("beheer/<slug:slug>/paginas/kleuren/", colours.colours, name="colours"),
    path("beheer/<slug:slug>/paginas/dagen/", days.days, name="days"),
    path("beheer/<slug:slug>/paginas/nakijken/", publishing.publish_page, name="publish"),
    path("beheer/<slug:slug>/paginas/terug/", publishing.undo, name="undo"),
    path("beheer/<slug:slug>/paginas/eerder/", history.history, name="history"),
    path("beheer/<slug:slug>/paginas/eerder/<uuid:edition>/", history.earlier, name="earlier"),
]
