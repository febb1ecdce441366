from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "klankbord.kit.sessions"
    label = "sessions"
