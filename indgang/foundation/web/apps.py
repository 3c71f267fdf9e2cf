from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class WebConfig(AppConfig):
    name = "indgang.foundation.web"
    label = "web"

    def ready(self) -> None:
        from indgang.foundation.web import jobs, sessions

        assert jobs  # imported for its periodic job
        user_logged_out.connect(sessions.tell_that_a_session_ends, dispatch_uid="web.session_ends")
