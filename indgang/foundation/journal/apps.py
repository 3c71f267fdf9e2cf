from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "indgang.foundation.journal"
    label = "journal"
