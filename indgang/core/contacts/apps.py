from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "indgang.core.contacts"
    label = "contacts"
