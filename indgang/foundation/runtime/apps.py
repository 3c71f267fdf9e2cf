import os

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from indgang.foundation.runtime import logs


class RuntimeConfig(AppConfig):
    name = "indgang.foundation.runtime"
    label = "runtime"

    def ready(self) -> None:
        logs.configure()  # Django passes LOGGING_CONFIG by while LOGGING is empty
        post_migrate.connect(_grant, sender=self)


def _grant(**_: object) -> None:
    from django.conf import settings

    from indgang.foundation.runtime.grants import grant_app_role

    if os.environ.get("INDGANG_DB_ROLE") == "owner":
        grant_app_role(settings.APP_DATABASE_URL)
