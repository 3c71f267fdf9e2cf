from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "indgang.desks.insight"
    label = "insight"
