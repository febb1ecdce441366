"""The addresses of the public desk: short, and neutral in somebody's history."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from klankbord.web.public.views.activity import activity, enter_by_activity, poster, sheet
from klankbord.web.public.views.channel import case, go_on, leave, message, read_file
from klankbord.web.public.views.check import check, written
from klankbord.web.public.views.choose import choose
from klankbord.web.public.views.code import code
from klankbord.web.public.views.danger import danger
from klankbord.web.public.views.help import help_page
from klankbord.web.public.views.home import home, organisations
from klankbord.web.public.views.info import info
from klankbord.web.public.views.keeping import keeping
from klankbord.web.public.views.leaving import leave_website, stop
from klankbord.web.public.views.not_said import not_said
from klankbord.web.public.views.own_code import own_code, own_code_written
from klankbord.web.public.views.own_step import own_step
from klankbord.web.public.views.permanence import permanence
from klankbord.web.public.views.step import enter, step
from klankbord.web.public.views.style import style
from klankbord.web.public.views.withdraw import withdraw


class OneLetter(StringConverter):
    """The letter of a door."""

    regex = "[a-z]"


register_converter(OneLetter, "letter")

app_name = "public"
urlpatterns = [
    path("", organisations, name="organisations"),
    path("exit", leave_website, name="exit"),
    path("<slug:slug>/", home, name="home"),
    path("<slug:slug>/h/", help_page, name="help"),
    path("<slug:slug>/i/", info, name="info"),
    path("<slug:slug>/a/<slug:word>/", activity, name="activity"),
    path("<slug:slug>/a/<slug:word>/<letter:letter>/", enter_by_activity, name="activity_door"),
    path("<slug:slug>/a/<slug:word>/sheet/", sheet, name="sheet"),
    path("<slug:slug>/a/<slug:word>/poster/", poster, name="poster"),
    path("<slug:slug>/b/", permanence, name="permanence"),
    path("<slug:slug>/k/", keeping, name="keeping"),
    path("<slug:slug>/s/<slug:name>.css", style, name="style"),
    path("<slug:slug>/c/<letter:letter>/", enter, name="door"),
    path("<slug:slug>/c/<int:number>/", step, name="step"),
    path("<slug:slug>/c/<int:number>/n/", danger, name="danger"),
    path("<slug:slug>/c/check/", check, name="check"),
    path("<slug:slug>/c/written/", written, name="written"),
    path("<slug:slug>/c/stop/", stop, name="stop"),
    path("<slug:slug>/m/", code, name="code"),
    path("<slug:slug>/m/new/", own_code, name="own_code"),
    path("<slug:slug>/m/new/on/", own_code_written, name="own_code_written"),
    path("<slug:slug>/m/leave/", leave, name="leave"),
    path("<slug:slug>/m/<uuid:case_id>/", case, name="case"),
    path("<slug:slug>/m/<uuid:case_id>/message/", message, name="message"),
    path("<slug:slug>/m/<uuid:case_id>/who/", choose, name="choose"),
    path("<slug:slug>/m/<uuid:case_id>/stop/", withdraw, name="withdraw"),
    path("<slug:slug>/m/<uuid:case_id>/on/", go_on, name="go_on"),
    path("<slug:slug>/m/<uuid:case_id>/s/<int:number>/", own_step, name="own_step"),
    path("<slug:slug>/m/<uuid:case_id>/w/<int:number>/", not_said, name="not_said"),
    path("<slug:slug>/m/<uuid:case_id>/f/<uuid:file_id>/", read_file, name="file"),
]
