from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "indgang.core.contacts"
    label = "contacts"

    def ready(self) -> None:
        from indgang.core.contacts.reading import is_purpose, may_follow
        from indgang.foundation.access import services as access
        from indgang.foundation.web import services as web

        access.register_purpose_verifier("contact", is_purpose)
        web.register_topic_guard("contact", may_follow)
