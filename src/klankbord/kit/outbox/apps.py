from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "klankbord.kit.outbox"
    label = "outbox"
