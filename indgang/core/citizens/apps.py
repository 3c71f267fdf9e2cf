from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "indgang.core.citizens"
    label = "citizens"
