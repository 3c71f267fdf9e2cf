from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "indgang.core.contacts"
    label = "contacts"

    def ready(self) -> None:
        from indgang.core.contacts import case_links, following, printing
        from indgang.core.contacts.listing import is_listed
        from indgang.core.contacts.reading import is_purpose, may_follow
        from indgang.core.contacts.selectors import named_files
        from indgang.foundation.access import services as access
        from indgang.foundation.journal import services as journal
        from indgang.foundation.runtime import services as runtime
        from indgang.foundation.web import services as web

        access.register_purpose_verifier("contact", is_purpose)
        access.register_purpose_verifier("list", is_listed)
        web.register_topic_guard("contact", may_follow)
        runtime.register_stored_files("contacts", named_files)
        journal.register_transport("print", printing.deliver, gave_up=printing.gave_up)
        journal.receive("contacts.merged", ["citizen.merged"], following.on_merged)
        journal.receive("contacts.merge_undone", ["citizen.merge_undone"], following.on_merge_undone)
        journal.receive("contacts.case_linked", ["case.opened", "case.contact_linked"], case_links.on_linked)
        journal.receive(
            "contacts.case_message", ["contact.message_received", "contact.received"], case_links.on_message
        )
