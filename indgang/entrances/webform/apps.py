from django.apps import AppConfig


class WebformConfig(AppConfig):
    name = "indgang.entrances.webform"
    label = "webform"
