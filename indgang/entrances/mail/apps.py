from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "indgang.entrances.mail"
    label = "mail"
