from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "klankbord.intake"
    label = "intake"
