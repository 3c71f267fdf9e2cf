"""What tests of access to documents stand on: a case with papers of two people, and the letters of the profile."""

from datetime import UTC, datetime

from indgang.core.cases import services
from indgang.core.cases.models import AccessItem, Case
from indgang.core.cases.testing import make_case
from indgang.core.cases.tests.decisions_around import bring_letters
from indgang.core.cases.values import AccessAnswer, AccessDraft, NewParty
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.testing import make_letter
from indgang.foundation.letters.values import Paragraph

AT = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # a Monday
ANSWER = AccessAnswer(
    reasons="Nogle oplysninger handler om en anden person.",
    appeal_body="Ankestyrelsen",
    appeal_by=datetime(2026, 4, 1).date(),
    appeal_way="Ydelsesvej 1, 2500 Valby",
    appeal_what="Vi ser på sagen igen, før vi sender klagen videre.",
    way="counter",
)


def access_task() -> None:
    if "T-098" not in catalogue.codes():
        make_task("T-098", title="Aktindsigt", title_en="Access to documents", group="general", administration="MFF")


def pdf(*paragraphs: str, title: str = "Brev i sagen") -> bytes:
    """A letter of one page that says this."""
    return letters.typeset(make_letter(*(Paragraph(text) for text in paragraphs), title=title))


def case_of_two(office, handler, **facts) -> Case:
    """A case of Karla, in which her neighbour Bodil Baggaard is a party, with the templates of letters."""
    bring_letters(AT)
    access_task()
    type(office).objects.filter(pk=office.pk).update(phone="00 00 00 21", address="Ydelsesvej 1, 2500 Valby")
    home = {"street": "Spurvens Vej", "house": "12", "postcode": "2500", "city": "Valby"}
    karla = facts.pop("person", None) or make_person("Karla Kunstig", **home).id
    given = {"at": AT, "person": karla, "parties": (NewParty(role="secondary", name="Bodil Baggaard"),)}
    return make_case(unit=office, handler=handler.pk, **{**given, **facts})


def paper(case, viewer, content, title="Brev i sagen", at=AT, **facts):
    given = {"kind": "in", "name": "brev.pdf", "claimed_type": "application/pdf", **facts}
    return services.add_document(case_id=case.id, title=title, content=content, viewer=viewer, at=at, **given)


def ask(case, viewer, *, law="party", at=AT, requester=None, **facts):
    draft = AccessDraft(law=law, requester_person=requester or case.person_id, case=case.id, **facts)
    return services.receive_access(draft=draft, viewer=viewer, at=at)


def items(request) -> list[AccessItem]:
    return list(AccessItem.objects.filter(request=request).order_by("order", "pk"))


def gathered(request, viewer, at=AT, outside=()) -> list[AccessItem]:
    services.gather_items(request_id=request.id, outside=outside, viewer=viewer, at=at)
    return items(request)
