from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "indgang.desks.planning"
    label = "planning"
