from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "indgang.core.routing"
    label = "routing"

    def ready(self) -> None:
        from indgang.core.routing import following_cases, items, promises, returning, selectors
        from indgang.foundation.journal import services as journal
        from indgang.foundation.runtime import services as runtime
        from indgang.foundation.web import services as web

        journal.receive("routing.received", ["contact.received"], items.on_received)
        journal.receive("routing.opened_by_hand", ["contact.opened_by_hand"], items.on_opened_by_hand)
        journal.receive(
            "routing.message", ["contact.message_received", "contact.reopened", "contact.woken"], items.on_message
        )
        journal.receive("routing.undelivered", ["contact.mail_bounced", "contact.mail_failed"], items.on_message)
        journal.receive("routing.closed", ["contact.closed"], items.on_closed)
        journal.receive("routing.put_aside", ["contact.waiting", "contact.snoozed"], items.on_put_aside)
        journal.receive("routing.tasks_set", ["contact.tasks_set"], items.on_tasks_set)
        journal.receive("routing.left", ["employee.left"], returning.on_left)
        journal.receive("routing.call_back", ["contact.call_back_requested"], promises.on_call_back_requested)
        journal.receive("routing.call_back_tried", ["contact.call_back_tried"], promises.on_call_back_tried)
        journal.receive("routing.call_back_done", ["contact.call_back_done"], promises.on_call_back_done)
        journal.receive("routing.special_group", ["contact.tags_set"], promises.on_tags_set)
        journal.receive("routing.promise", ["contact.promise_broken"], promises.on_promise_broken)
        journal.receive("routing.step_added", ["case.step_added"], following_cases.on_step_added)
        journal.receive("routing.step_moved", ["case.step_moved"], following_cases.on_step_moved)
        journal.receive("routing.step_ended", ["case.step_done", "case.step_withdrawn"], following_cases.on_step_ended)
        journal.receive("routing.case_goes_on", ["case.waiting_ended"], following_cases.on_waiting_ended)
        runtime.register_health_probe("work", selectors.stuck_probe)
        web.register_topic_guard("agent:", selectors.may_hear_agent)
        web.register_topic_guard("queue", selectors.may_hear_queue)
        web.register_topic_guard("floor", selectors.may_hear_floor)
