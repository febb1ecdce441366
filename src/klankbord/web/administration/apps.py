from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "klankbord.web.administration"
    label = "administration"
