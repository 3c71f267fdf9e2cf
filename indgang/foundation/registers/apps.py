from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "indgang.foundation.registers"
    label = "registers"
