from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "indgang.core.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Organisation knows which employee stands behind an account."""
        from indgang.core.organisation.selectors import viewer_of_account
        from indgang.foundation.access.services import register_viewer_builder

        register_viewer_builder(viewer_of_account)
