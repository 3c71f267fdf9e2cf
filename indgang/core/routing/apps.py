from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "indgang.core.routing"
    label = "routing"
