"""Every service that changes a row records an event; the exceptions are a closed list, each with its reason."""

from tests.architecture.call_graph import public_services, reached, writes

NO_EVENT = {
    # keeps the answer of a form, so that its second click is answered alike: what the form does is the event
    "web.once",
    # autosave: the contact that is made of it is the event
    "contacts.save_draft",
    # a heartbeat: who looks at a contact now
    "contacts.be_present",
    "contacts.leave",
    "contacts.forget_presence",
    "cases.be_editing",
    "cases.forget_typed",
    "cases.stop_editing",
    "cases.forget_editing",
    "webform.start",
    "webform.say_again",
    "webform.choose_topic",
    "webform.answer_questions",
    "webform.choose_way",
    "webform.tell_reach",
    "webform.add_files",
    "webform.remove_file",
    "webform.forget_old",
    # counters and their clearing
    "access.forget_failures",
    "web.forget_old",
    "web.rate_limit",
    # time that runs out by itself: what began it was recorded
    "routing.end_wrap_ups",
    # figures counted anew from rows that were recorded
    "routing.measure_waits",
    "insight.count",
    # logs and queues with rows of their own
    "access.open_for",
    "access.viewer_of_key",  # when a key was last used, to the minute: a sign of life
    "access.open_many",
    "access.open_together",
    "journal.advance",
    "journal.seal",
    "journal.send",
    "mail.store_mail",  # raw rows: filing records
    # files on the disk: the row that names one is recorded by its module
    "runtime.store_file",
    "runtime.store_path",
    "runtime.store_stream",
    "runtime.sweep_files",
    # what registers answered and how they do: rows of their own; the looks and the changes are recorded
    "registers.ask",
    "registers.ask_all",
    "registers.changes",
    "registers.deliver_report",
    "registers.forget_expired",
    "registers.look_up",
    "registers.mark_followed",
    "registers.note_stuck",
    # how one employee reads: read marks, bookmarks, the chosen view, words searched for (rows of their own)
    "portal.bookmark",
    "portal.choose_view",
    "portal.forget_old",
    "portal.mark_read",
    "portal.note_opened",
    "portal.note_search",
    "portal.seen_everything",
    "portal.visit",
    # a part of load_profile, which records
    "organisation.sync_rows",
}
RECORD = "indgang.foundation.journal.recording.record"


def name_of(service: str) -> str:
    """indgang.core.contacts.services.reply -> contacts.reply."""
    parts = service.split(".")
    return f"{parts[2]}.{parts[-1]}"


def silent_services() -> set[str]:
    silent = set()
    for service in public_services():
        within = reached(service)
        if any(writes(*found) for found in within.values()) and RECORD not in within:
            silent.add(name_of(service))
    return silent


def test_every_service_that_writes_records_an_event():
    assert silent_services() - NO_EVENT == set()


def test_the_closed_list_holds_nothing_that_records_or_is_gone():
    assert NO_EVENT - silent_services() == set()


def test_most_services_write_and_record():
    """The reading of the source itself works: it finds what it is to find."""
    recording = {name_of(service) for service in public_services() if RECORD in reached(service)}
    wanted = {"contacts.reply", "contacts.close", "routing.transfer", "access.grant", "organisation.set_competence"}
    assert wanted <= recording
