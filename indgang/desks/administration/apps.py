from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "indgang.desks.administration"
    label = "administration"
    insert_only = ("administration_change",)  # what was changed stays written; an undo is a change of its own

    def ready(self) -> None:
        from indgang.desks.administration import loose_ties
        from indgang.foundation.journal import services as journal

        journal.receive("administration.loose_ties", ["contact.person_set"], loose_ties.hear)
