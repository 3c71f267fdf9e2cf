from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "indgang.foundation.letters"
    label = "letters"
