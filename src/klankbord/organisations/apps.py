from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "klankbord.organisations"
    label = "organisations"
