"""What goes upward goes through five hooks; every one is filled, by name."""

import ast
from pathlib import Path

from django.apps import apps

from indgang.foundation.access import looking
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import health
from indgang.foundation.runtime import services as runtime
from indgang.foundation.web import topics

ROOT = Path(__file__).resolve().parents[2]
NO_FILES = {  # hashes of codes and of rows; a mail's bytes stand in its own row
    ("access", "apikey"),
    ("access", "recoverycode"),
    ("journal", "seal"),
    ("mail", "rawmail"),
}
RECEIVED = {  # what must not be missing is made in the transaction of these events
    "contact.received",
    "contact.opened_by_hand",
    "contact.message_received",
    "contact.reopened",
    "contact.mail_bounced",
    "contact.mail_failed",
    "contact.closed",
    "contact.waiting",
    "contact.snoozed",
    "contact.tasks_set",
    "case.opened",
    "case.step_added",
    "case.step_moved",
    "case.step_done",
    "case.step_withdrawn",
    "employee.left",
    "citizen.merged",
    "citizen.merge_undone",
    "task.level_changed",
}


def test_receivers_of_events_are_there():
    heard = {verb for verbs in journal.receivers().values() for verb in verbs}
    assert heard >= RECEIVED
    assert {name.split(".")[0] for name in journal.receivers()} >= {"routing", "access"}


def test_the_outbox_has_its_transports():
    assert journal.transports() == {
        "mail",
        "print",
        "invitation",
        "income",
        "case_letter",
        "case_notice",
        "case_forwarding",
    }


def test_health_probes_are_there():
    assert {"journal", "mail", "work", "cpr", "income"} <= set(health.probe_names())


def test_every_live_topic_has_a_guard():
    assert topics.guarded() == {"agent", "case", "contact", "floor", "queue"}


def test_purposes_are_verified_by_those_who_know_them():
    assert looking.verifiers() == {"contact", "list", "case", "case_list", "register"}


def test_every_event_somebody_receives_is_recorded_somewhere():
    """A receiver of a verb nobody says would wait for ever; f"contact.mail_{...}" says all that begin so."""
    said, begun = set(), set()
    for path in (ROOT / "indgang").rglob("*.py"):
        if "tests" in path.parts or path.name == "apps.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant):
                said.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
    heard = {verb for verbs in journal.receivers().values() for verb in verbs}
    prefixes = tuple(start for start in begun if "." in start)
    assert {verb for verb in heard - said if not verb.startswith(prefixes)} == set()


def test_every_topic_that_is_published_has_a_guard():
    """A topic without a guard reaches nobody."""
    published = set()
    for path in (ROOT / "indgang").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("publish") and node.args:
                topic = node.args[0]
                first = topic.values[0] if isinstance(topic, ast.JoinedStr) else topic
                if isinstance(first, ast.Constant):
                    published.add(str(first.value).split(":")[0])
    assert published and published - {topics.SESSION_TOPIC} <= topics.guarded()


def test_every_module_that_keeps_files_tells_the_sweep_which_are_named():
    """A column that holds a file's sha256 belongs to a module the sweep asks; else it would delete what it names."""
    keeping = {("contacts", "attachment"), ("cases", "documentversion"), ("webform", "inquirydraft")}
    keeping.add(("cases", "caseletter"))  # each is a document of its case too
    assert runtime.file_owners() >= {app for app, _ in keeping}
    digests = {
        (model._meta.app_label, model._meta.model_name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name == "digest" and getattr(field, "max_length", 0) == 64
    }
    assert digests - keeping <= NO_FILES
