from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "klankbord.web.workbench"
    label = "workbench"
