from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "klankbord.web.oversight"
    label = "oversight"
