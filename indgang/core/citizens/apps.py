from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "indgang.core.citizens"
    label = "citizens"

    def ready(self) -> None:
        from indgang.core.citizens import income_reports
        from indgang.foundation.journal import services as journal

        journal.register_transport("income", income_reports.deliver, gave_up=income_reports.gave_up)
