from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "klankbord.kit.journal"
    label = "journal"
