from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "indgang.assembly"
    label = "assembly"
