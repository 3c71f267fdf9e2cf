from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "indgang.desks.administration"
    label = "administration"
    insert_only = ("administration_change",)  # what was changed stays written; an undo is a change of its own
