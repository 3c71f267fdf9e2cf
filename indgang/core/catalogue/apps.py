from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "indgang.core.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from indgang.core.catalogue import jobs  # noqa: F401
