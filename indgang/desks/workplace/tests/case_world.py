"""One of everything a case can have, made through the desk as caseworkers do, for tests that try every address."""

import csv
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from indgang.core.cases import selectors, services
from indgang.core.cases.services import load_profile
from indgang.core.cases.testing import access_items, access_request, deadlines_of, entries_of, make_setting, steps_of
from indgang.core.cases.values import NoticeKind
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_group, viewer_of
from indgang.core.routing.testing import item_of, make_available
from indgang.desks.workplace.tests.case_people import (
    HX,
    PROFILE,
    REFUSAL,
    at_desk,
    bring_letters,
    caseworker,
    own_case,
)
from indgang.foundation.letters.services import typeset
from indgang.foundation.letters.testing import make_letter
from indgang.foundation.letters.values import Paragraph
from indgang.foundation.runtime import clock

DESK = "/arbejdsplads"


def in_days(days: int) -> str:
    """A day as a browser sends it."""
    return clock.local(clock.now() + timedelta(days=days)).date().isoformat()


@dataclass
class World:
    """Who works, at which desks, and the id that stands in an address under each name."""

    desks: dict[str, Client] = field(default_factory=dict)
    ids: dict[str, object] = field(default_factory=dict)
    open_case: str = ""
    decided_case: str = ""
    complaint_case: str = ""
    others_case: str = ""
    access: str = ""
    colleague: int = 0

    def browser(self, name: str) -> Client:
        """Whose form it is: a specialist answers, operations delete, a leader moves, the caseworker does the rest."""
        return self.desks.get(name) or self.desks["caseworker"]


def make_world() -> World:
    """Everything that has an address, once."""
    bring_letters()
    make_group("general")
    make_task("T-098", title="Aktindsigt", title_en="Access to documents", group="general", administration="MFF")
    make_task("T-112", title="Skat", title_en="Tax", group="housing_benefit", administration="FAF")
    ylva = caseworker(roles=["caseworker", "agent"], groups={"housing_benefit": (5, 3), "general": (5, 3)})
    sofus, drude = caseworker("Sofus Specialist"), make_employee("Drude Drift", roles=["operator"])
    leader = caseworker("Lone Leder", roles=["manager", "caseworker"])
    world = World(desks={"caseworker": at_desk(ylva), "specialist": at_desk(sofus), "operator": at_desk(drude),
                         "manager": at_desk(leader)}, colleague=sofus.pk)  # fmt: skip
    person = make_person("Karla Kunstig").id
    _open_case(world, ylva, person)
    _decided_case(world, ylva)
    world.others_case = own_case(sofus)[0].number
    _access(world)
    _outside(world, ylva, person)
    return world


def _pdf(title: str) -> bytes:
    return typeset(make_letter(Paragraph("Huslejen er 5.200 kr. om måneden."), title=title))


def _open_case(world: World, ylva, person) -> None:
    with (PROFILE / "notice_rules.csv").open(encoding="utf-8", newline="") as file:
        load_profile({"notice_rules": list(csv.DictReader(file))}, at=clock.now())
    case, address = own_case(ylva, person=person, deadline=clock.now() + timedelta(days=9))
    make_setting(affects=["moved"])
    related, _ = own_case(ylva, title="Boligsikring før")
    world.open_case, client = case.number, world.desks["caseworker"]
    services.raise_notices(person, NoticeKind("moved"), source="cpr", event=uuid4(), at=clock.now())
    row = services.add_document(
        case_id=case.id, title="Udkast", kind="out", name="udkast.pdf", content=_pdf("Udkast"),
        claimed_type="application/pdf", viewer=viewer_of(ylva), at=clock.now(),
    )  # fmt: skip
    for path, facts in (
        ("notat", {"theme": "Indkomst", "body": "Borgeren oplyser ny indkomst."}),
        ("trin", {"title": "Indhent lønseddel"}),
        ("specialist", {"to": f"employee:{world.colleague}", "question": "Er det omfattet?", "day": in_days(7)}),
        ("videresend", {"authority": "Udbetaling Danmark", "kind": "paper", "what": "Kontrakt", "way": "other",
                        "day": in_days(7)}),
        ("brev?skabelon=mangler&sprog=da", {"mangler-oplysninger": "Lønseddel", "mangler-frist": in_days(14),
                                             "mangler-foelge": "Du får afslag.", "way": "print"}),
        ("part", {"role": "payee", "name": "Udlejer Hansen"}),
        ("genstand", {"kind": "vehicle", "label": "Knallert", "reference": "AB 12 345"}),
        ("anden-sag", {"number": related.number, "kind": "precedent"}),
        ("behandler/flere", {"to": f"employee:{world.colleague}"}),
        ("hoering", {"how": "letter", "facts": "Din indkomst er steget.", "day": in_days(14), "way": "print"}),
        ("afgoerelse", REFUSAL),
    ):  # fmt: skip
        answer = client.post(f"{address}/{path}", facts)
        assert answer.status_code == 302, (path, answer.content.decode()[-900:])
    shared = selectors.shared_of(viewer_of(ylva), case.id, clock.now())
    decided = selectors.decisions_of(viewer_of(ylva), case.id, clock.now())
    page = selectors.case(viewer_of(ylva), case.id, at=clock.now())
    world.ids |= {
        "entry_id": next(entry.id for entry in entries_of(case.id) if entry.theme == "Indkomst"),
        "document_id": row.id,
        "step_id": next(step.id for step in steps_of(case.id) if step.title == "Indhent lønseddel"),
        "deadline_id": next(one.pk for one in deadlines_of(case.id) if one.kind == "answer"),
        "opinion_id": shared.opinions[0].id,
        "forwarding_id": shared.forwardings[0].id,
        "notice_id": shared.notices[0].id,
        "party_id": next(party.id for party in page.parties if party.role == "payee"),
        "object_id": page.objects[0].id,
        "employee_id": world.colleague,
        "hearing_id": decided.hearings[0].id,
        "letter_id": decided.letters[-1].id,
    }


def _decided_case(world: World, ylva) -> None:
    case, address = own_case(ylva, title="Boligsikring, som er afgjort")
    client = world.desks["caseworker"]
    client.post(f"{address}/hoering", {"how": "left_out", "ground": "Borgeren gav selv oplysningerne."})
    client.post(f"{address}/afgoerelse", REFUSAL, headers=HX)
    row = selectors.decisions_of(viewer_of(ylva), case.id, clock.now()).draft
    client.post(f"{address}/afgoerelse/traef", {"decision": str(row.id), "version": row.version, "way": "print"})
    made = client.post(f"{address}/klage", {"words": "Jeg er ikke enig.", "day": in_days(0)})
    (complaint,) = selectors.complaints_of(viewer_of(ylva), case.id, clock.now())
    world.decided_case, world.complaint_case = case.number, made.url.partition("klage=")[2]
    world.ids |= {"decision_id": row.id, "complaint_id": complaint.id}


def _access(world: World) -> None:
    client = world.desks["caseworker"]
    facts = {"law": "party", "number": world.open_case, "about": "case", "who": "citizen", "asked_for": "Min sag"}
    world.access = client.post(f"{DESK}/aktindsigt/ny", facts)["Location"].rpartition("/")[2]
    assert client.post(f"{DESK}/aktindsigt/{world.access}/forslag").status_code == 302
    world.ids["access item"] = access_items(world.access)[0].pk
    assert access_request(world.access)
    made = world.desks["operator"].post(f"{DESK}/kassation", {"cut_off": "2020-01-01"})
    world.ids["run_id"] = made["Location"].rpartition("/")[2]


def _outside(world: World, ylva, person) -> None:
    client = world.desks["caseworker"]
    typed = {"authority": "Skatteforvaltningen", "kind": "return", "what": "Selvangivelse", "task": "T-112",
             "received_on": in_days(0), "receipt": "counter", "language": "da", "person": str(person)}  # fmt: skip
    assert client.post(f"{DESK}/papirer/ny", typed).status_code == 302
    world.ids["paper_id"] = selectors.papers(viewer_of(ylva), tab="her", at=clock.now()).rows[0].row.id
    contact = make_contact("Min indkomst er ændret", tasks=["T-022"], person=person)
    make_available(ylva.pk, clock.now())
    while item_of(contact.id).agent_id != ylva.pk:
        assert "tom" not in client.post(f"{DESK}/naeste").url
    world.ids |= {"item_id": item_of(contact.id).id, "contact_id": contact.id, "person_id": person}
