from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "klankbord.cases"
    label = "cases"
