from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "indgang.core.catalogue"
    label = "catalogue"
