from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "indgang.foundation.access"
    label = "access"
