from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "indgang.entrances.site"
    label = "site"
