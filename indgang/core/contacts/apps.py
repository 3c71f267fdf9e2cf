from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "indgang.core.contacts"
    label = "contacts"

    def ready(self) -> None:
        from indgang.core.contacts.reading import is_purpose
        from indgang.foundation.access import services as access

        access.register_purpose_verifier("contact", is_purpose)
