from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "indgang.core.cases"
    label = "cases"

    def ready(self) -> None:
        from indgang.core.cases import lists, rights, sweeping
        from indgang.foundation.access import services as access
        from indgang.foundation.runtime import services as runtime
        from indgang.foundation.web import services as web

        access.register_purpose_verifier("case", rights.is_purpose)
        access.register_purpose_verifier("case_list", lists.is_listed)
        web.register_topic_guard("case", rights.may_follow)
        runtime.register_stored_files("cases", sweeping.named_files)
