from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "indgang.foundation.runtime"
    label = "runtime"
