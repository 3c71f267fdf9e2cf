from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "indgang.core.cases"
    label = "cases"
