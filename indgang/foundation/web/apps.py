from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "indgang.foundation.web"
    label = "web"
