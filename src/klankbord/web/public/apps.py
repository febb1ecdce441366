from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "klankbord.web.public"
    label = "public"
