from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "klankbord.kit.tokens"
    label = "tokens"
