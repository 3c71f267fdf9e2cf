from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "indgang.foundation.journal"
    label = "journal"
    insert_only = ("journal_event", "journal_seal")
    read_only = ("journal_epoch",)
    # The database fills the position; nobody may choose one.
    insert_columns = {
        "journal_event": ("id", "at", "actor", "verb", "subject", "citizen", "contact", "case", "purpose", "data")
    }

    def ready(self) -> None:
        from indgang.foundation.journal import selectors
        from indgang.foundation.runtime import services as runtime

        runtime.register_health_probe("journal", selectors.health)
        runtime.register_gauge(
            "indgang_outbox_attention", "Parcels of the outbox a person must look at.", selectors.attention_count
        )
