from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "indgang.desks.workplace"
    label = "workplace"
