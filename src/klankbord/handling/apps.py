from django.apps import AppConfig


class HandlingConfig(AppConfig):
    name = "klankbord.handling"
    label = "handling"
