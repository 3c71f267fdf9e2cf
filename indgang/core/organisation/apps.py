from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "indgang.core.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Organisation knows which employee stands behind an account, and on which side of employment they stand."""
        from indgang.core.organisation import inviting, jobs, people
        from indgang.core.organisation.selectors import viewer_of_account
        from indgang.foundation.access.services import register_viewer_builder
        from indgang.foundation.journal.services import receive, register_transport

        assert jobs  # importing it registers the periodic work
        register_viewer_builder(viewer_of_account)
        register_transport(inviting.TRANSPORT, inviting.deliver)
        receive("organisation.sides", ["access.roles_set", "access.switch_set"], people.hear_of_rights)
