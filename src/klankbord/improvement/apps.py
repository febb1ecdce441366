from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "klankbord.improvement"
    label = "improvement"
