from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "indgang.entrances.mail"
    label = "mail"

    def ready(self) -> None:
        from indgang.entrances.mail import outgoing, selectors
        from indgang.foundation.journal import services as journal
        from indgang.foundation.runtime import services as runtime

        journal.register_transport("mail", outgoing.deliver, gave_up=outgoing.gave_up)
        runtime.register_health_probe("mail", selectors.health)
