from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "indgang.desks.portal"
    label = "portal"

    def ready(self) -> None:
        from indgang.desks.portal import findings, jobs  # noqa: F401
        from indgang.foundation.journal import services as journal

        journal.receive("portal.hits", ["contact.card_used"], findings.hear)
