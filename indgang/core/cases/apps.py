from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "indgang.core.cases"
    label = "cases"

    def ready(self) -> None:
        from indgang.core.cases import (
            following,
            forward_post,
            letter_posting,
            lists,
            notices,
            rights,
            sharing_following,
            sweeping,
        )
        from indgang.foundation.access import services as access
        from indgang.foundation.journal import services as journal
        from indgang.foundation.runtime import services as runtime
        from indgang.foundation.web import services as web

        access.register_purpose_verifier("case", rights.is_purpose)
        access.register_purpose_verifier("case_list", lists.is_listed)
        web.register_topic_guard("case", rights.may_follow)
        runtime.register_stored_files("cases", sweeping.named_files)
        journal.register_transport(
            letter_posting.LETTER, letter_posting.deliver_letter, gave_up=letter_posting.gave_up_letter
        )
        journal.register_transport(
            letter_posting.NOTICE, letter_posting.deliver_notice, gave_up=letter_posting.gave_up_notice
        )
        journal.receive("cases.left", ["employee.left"], following.on_left)
        journal.receive("cases.merged", ["citizen.merged"], following.on_merged)
        journal.receive("cases.merge_undone", ["citizen.merge_undone"], following.on_merge_undone)
        journal.receive("cases.shared_steps", sharing_following.STEPS, sharing_following.on_step)
        journal.receive("cases.shared_ends", ["case.progressed"], sharing_following.on_progressed)
        journal.receive("cases.notices", notices.VERBS, notices.on_event)
        journal.receive("cases.notices_of_contacts", ["contact.tasks_set"], notices.on_tasks_set)
        journal.receive("cases.notices_of_decisions", ["case.decided"], notices.on_decided)
        journal.register_transport(forward_post.TRANSPORT, forward_post.deliver, gave_up=forward_post.gave_up)
