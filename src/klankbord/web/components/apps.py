from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "klankbord.web.components"
    label = "components"
