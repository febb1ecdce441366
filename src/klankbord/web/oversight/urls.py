"""The addresses of those who watch over terms and numbers, never over content."""

from django.urls import URLPattern, URLResolver, path

from klankbord.web.oversight.views import overview, terms, yearly

app_name = "oversight"
urlpatterns: list[URLPattern | URLResolver] = [
    path("overzicht/", overview.overview, name="overview"),
    path("overzicht/termijnen/", terms.terms, name="terms"),
    path("overzicht/elk-jaar/", yearly.yearly, name="yearly"),
    path("overzicht/elk-jaar/<slug:slug>/<int:which>/<int:number>/", yearly.duty, name="duty"),
]
