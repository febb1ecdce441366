from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "klankbord.agenda"
    label = "agenda"
