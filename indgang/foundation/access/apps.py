from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "indgang.foundation.access"
    label = "access"
    insert_only = ("access_lookup",)  # the app role may add looks, never change or delete one

    def ready(self) -> None:
        """A task whose level is changed changes the rights on it, in the same transaction."""
        from indgang.foundation.access.granting import adjust_to_level
        from indgang.foundation.journal.services import receive

        receive("access.rights", ["task.level_changed"], adjust_to_level)
