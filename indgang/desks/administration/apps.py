from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "indgang.desks.administration"
    label = "administration"
