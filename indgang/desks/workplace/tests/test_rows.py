"""The rows of long lists: drawn once, filled with what each row says."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.template import Context, Template
from django.utils.translation import override

from indgang.core.contacts.values import ContactRow
from indgang.core.routing.values import ItemRow
from indgang.desks.workplace.rows import contact_rows, queue_rows, short

AT = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)
KEY = UUID(int=7)


def contact(**facts: object) -> ContactRow:
    told = {
        "id": KEY, "reference": "AB12 CD34", "channel": "mail", "subject": "Om 100 % <b>støtte</b>", "state": "closed",
        "state_name": "Afsluttet", "received_at": AT, "expected_answer_by": None, "inquirer": "Åse & Bo",
        "channel_name": "E-mail", "outcome": "informed", "outcome_name": "Vejledt", "handler_id": None, "closed_at": AT,
        "handed_over": False, "wait_until": None,
    }  # fmt: skip
    return ContactRow(**{**told, **facts})


def item(**facts: object) -> ItemRow:
    told = {
        "id": KEY, "contact": KEY, "reference": "AB12 CD34", "medium": "mail", "subject": "%(title)s {{ x }}",
        "task_id": "", "group": "", "level": 1, "state": "waiting", "state_name": "Venter", "due_at": AT,
        "waiting_seconds": 1, "overdue": False, "agent": None, "agent_id": None, "hops": 0, "parked_until": None,
        "not_before": None, "returned_from": None,
    }  # fmt: skip
    return ItemRow(**{**told, **facts})


def test_a_row_says_what_its_contact_says_and_nothing_of_it_becomes_a_tag():
    row = contact_rows([contact(), contact(subject="", outcome_name="")])
    assert f'/arbejdsplads/henvendelser/{KEY}">Om 100 % &lt;b&gt;støtte&lt;/b&gt;</a>' in row
    assert "Åse &amp; Bo" in row and "<b>" not in row and row.count("</tr>\n") == 2
    assert ">Afsluttet: Vejledt</td>" in row and ">Afsluttet</td>" in row and row.count("AB12 CD34") == 3
    assert contact_rows([]) == ""


def test_days_and_titles_are_written_as_elsewhere():
    for language in ("da", "en"):
        with override(language):
            shown = Template('{{ at|date:"j. b Y H.i" }}|{{ at|date:"D j. b H.i" }}').render(Context({"at": AT}))
            received, due = shown.split("|")
            assert f">{received}</td>" in contact_rows([contact()]) and f">{due}</td>" in queue_rows([item()])
    for title in ("kort", "å" * 70, "e\u0301" * 71, "x" * 71):
        assert short(title) == Template("{{ t|truncatechars:70 }}").render(Context({"t": title}))


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, f'henvendelser/{KEY}">%(title)s {{{{ x }}}}</a>'),
        ({"contact": None, "medium": "case", "reference": "2026-000001-1"}, 'sag/2026-000001-1">%(title)s {{ x }}</a>'),
        ({"contact": None}, "<td>%(title)s {{ x }}<br>"),
        ({"overdue": True}, 'class="act-now">man 2. mar 09.05 forsinket</strong>'),
        ({"agent": "Agnes"}, ">Agnes</td>"),
    ],
)
def test_a_row_of_the_queue_leads_to_its_contact_or_case(facts, shown):
    assert shown in queue_rows([item(**facts)])
