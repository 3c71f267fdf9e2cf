"""Some forty open cases of a demo town: invented people, real services, every administration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from stdnum.dk import cpr as stdnum_cpr

from indgang.core.cases.deadlines import set_deadline
from indgang.core.cases.demo_documents import put_income_letter, put_photograph
from indgang.core.cases.handling import advance, set_waiting
from indgang.core.cases.journal import add_note
from indgang.core.cases.models import Deadline
from indgang.core.cases.opening import open_case
from indgang.core.cases.parties import join_course, open_course
from indgang.core.cases.values import DeadlineKind, Progress, Waiting
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import DemoPerson
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import clock

TOWN = system("demo")
_FROM = 100  # the first people are for trying out; these are the town's
_PEOPLE = 2_000
_PENSIONER = 70


@dataclass(frozen=True)
class Invented:
    """One open case of the demo town."""

    task: str
    handler: str  # username; "" nobody yet
    title: str = ""
    days: int = 5  # since it was opened
    due: int | None = 14  # days from now; negative: overdue
    waiting: str = ""
    informed: bool = False
    note: str = ""


CASES = (
    Invented("T-022", "filippa.falk", "Boligsikring: højere husleje", 9, 3, note="Huslejen er steget fra april."),
    Invented("T-022", "filippa.falk", "Boligsikring: barn er flyttet hjemmefra", 30, -2, Waiting.CITIZEN),
    Invented("T-022", "", "Boligsikring: ny ansøgning", 1, 21),
    Invented("T-023", "filippa.falk", "Boligydelse: ændret indkomst", 12, 6, informed=True),
    Invented("T-024", "filippa.falk", days=3),
    Invented("T-025", "filippa.falk", "Børnetilskud: samlivet er ophørt", 18, 1, note="Fraflyttet den 1."),
    Invented("T-019", "filippa.falk", days=7),
    Invented("T-029", "pernille.plads", "Plads i vuggestue fra august", 6, 20),
    Invented("T-030", "petra.puslespil", "Friplads: ny indkomst", 10, 4, informed=True),
    Invented("T-031", "petra.puslespil", days=4, due=9),
    Invented("T-032", "ylva.ydelse", "Sygedagpenge: forlængelse", 25, -5, note="Lægen er bedt om en attest."),
    Invented("T-042", "ylva.ydelse", "Kontanthjælp: ansøgning", 2, 5, Waiting.CITIZEN),
    Invented("T-041", "ylva.ydelse", "Helbredstillæg: tandbehandling", 8, 13),
    Invented("T-036", "ylva.ydelse", days=11, due=17),
    Invented("T-028", "hedvig.hjaelpemiddel", "Kørestol: nyt sæde", 15, 8, Waiting.OPINION),
    Invented("T-054", "hedvig.hjaelpemiddel", "Ombygning af badeværelse", 40, -9, Waiting.AUTHORITY),
    Invented("T-040", "hedvig.hjaelpemiddel", days=60, due=30, informed=True),
    Invented("T-076", "regitze.register", "Flytning: uklar adresse", 2, 1),
    Invented("T-080", "regitze.register", "Indrejse: manglende papirer", 13, 7, Waiting.CITIZEN),
    Invented("T-080", "", "Indrejse med familie", 1, 10),
    Invented("T-065", "ruben.raadhus", "Prøvelse før vielse", 5, 12),
    Invented("T-081", "regitze.register", days=1, due=5),
    Invented("T-086", "oda.opkraever", "Afdragsordning: restance", 20, 2, note="Kan betale 400 kr. om måneden."),
    Invented("T-072", "oda.opkraever", days=6, due=15),
    Invented("T-084", "ejnar.ejendom", "Lån til ejendomsskat", 9, 11, informed=True),
    Invented("T-073", "ejnar.ejendom", days=2, due=3),
    Invented("T-018", "bo.byggesag", "Carport i skel", 45, 18, Waiting.HEARING, informed=True),
    Invented("T-018", "", "Altan mod gården", 3, 40),
    Invented("T-001", "bo.byggesag", "Forkert boligareal i BBR", 7, 9),
    Invented("T-004", "vera.vejhjaelp", "Udeservering: forlænget sæson", 6, 6),
    Invented("T-013", "vera.vejhjaelp", days=22, due=-1),
    Invented("T-016", "vera.vejhjaelp", "Fodgængerovergang ved skolen", 35, 25),
    Invented("T-062", "frode.fritid", "Lokaler til dansehold", 4, 8),
    Invented("T-063", "frode.fritid", days=16, due=14, informed=True),
    Invented("T-097", "mille.miljoe", "Støj fra ventilation", 28, -3, note="Målt om aftenen."),
    Invented("T-100", "mille.miljoe", "Sløjfning af olietank", 5, 16),
    Invented("T-132", "svend.skolevej", "Skift af fritidshjem", 3, 7),
    Invented("T-134", "svend.skolevej", days=12, due=19),
)
PENSIONER = Invented(
    "T-116", "poula.pension", "Boligydelse: ændret indkomst", 6, 10, informed=False,
    note="Borgeren oplyser, at ATP og renteindtægter er ændret.",
)  # fmt: skip
DIVORCE = (
    Invented("T-025", "filippa.falk", "Børnetilskud efter skilsmisse", 4, 15),
    Invented("T-076", "regitze.register", "Ny adresse efter skilsmisse", 4, 4),
    Invented("T-132", "svend.skolevej", "Skole efter skilsmisse", 4, 24),
)


@transaction.atomic
def invent_town(at: datetime) -> int:
    """The cases of a demo town whose people have just been invented; how many. Tasks and handlers the profile does not
    have are left out."""
    people = list(citizens.invented_people(_PEOPLE))[_FROM:]
    if not people:
        return 0
    staff = _staff(at)
    tasks = catalogue.codes()
    rest = iter(people)
    made = [_case(one, next(rest), staff, at) for one in CASES if one.task in tasks]
    if PENSIONER.task in tasks:
        made.append(_pensioner(min(people, key=lambda person: abs(_age(person, at) - _PENSIONER)), staff, at))
    if all(one.task in tasks for one in DIVORCE) and "divorce" in {event.code for event in catalogue.life_events()}:
        made += _divorce(next(rest), staff, at)
    if made:
        put_photograph(case_id=made[0], viewer=TOWN, at=at - timedelta(days=1))
    told = Deadline.objects.filter(case__in=made)
    told.update(warned_at=at, overdue_at=at)  # nobody begins the demo's first day with a heap of reminders
    return len(made)


def _case(one: Invented, person: DemoPerson, staff: Mapping[str, Viewer], at: datetime) -> UUID:
    """One case as its handler left it."""
    opened = at - timedelta(days=one.days)
    handler = staff.get(one.handler)
    who = handler or TOWN
    case = open_case(
        task=one.task, person=person.id, title=one.title, handler=_employee(handler), viewer=TOWN, at=opened
    )
    if one.due is not None:
        due = at + timedelta(days=one.due)
        set_deadline(
            case_id=case.id, kind=DeadlineKind.ANSWER, due_at=due, viewer=TOWN, at=min(opened, due - timedelta(days=1))
        )
    if one.note:
        later = opened + timedelta(hours=2)
        add_note(
            case_id=case.id, theme=case.title, body=one.note, oral_facts=True, channel="phone", viewer=who, at=later
        )
    if one.informed:
        advance(case_id=case.id, progress=Progress.INFORMED, viewer=TOWN, at=at)
    if one.waiting:
        set_waiting(case_id=case.id, waiting=one.waiting, viewer=TOWN, at=at)
    return case.id


def _pensioner(person: DemoPerson, staff: Mapping[str, Viewer], at: datetime) -> UUID:
    """A citizen of 70 whose income has changed; the case is another administration's than the centres'."""
    case_id = _case(PENSIONER, person, staff, at)
    put_income_letter(case_id=case_id, name=person.name, viewer=TOWN, at=at - timedelta(days=5))
    return case_id


def _divorce(person: DemoPerson, staff: Mapping[str, Viewer], at: datetime) -> list[UUID]:
    """Three cases of three administrations that belong to one course."""
    course = open_course(person=person.id, life_event="divorce", viewer=TOWN, at=at - timedelta(days=4))
    made = [_case(one, person, staff, at) for one in DIVORCE]
    for case_id in made:
        join_course(case_id=case_id, course=course.id, viewer=TOWN, at=at - timedelta(days=4))
    return made


def _staff(at: datetime) -> dict[str, Viewer]:
    wanted = {one.handler for one in (*CASES, *DIVORCE, PENSIONER)}
    found = {}
    for account, username, _ in organisation.logins(at):
        viewer = organisation.viewer_of_account(account, at) if username in wanted else None
        if viewer is not None:
            found[username] = viewer
    return found


def _employee(viewer: Viewer | None) -> int | None:
    return viewer.actor.employee if viewer is not None and viewer.actor is not None else None


def _age(person: DemoPerson, at: datetime) -> int:
    if not person.cpr:
        return 0
    born, today = stdnum_cpr.get_birth_date(person.cpr), clock.local(at).date()
    return int(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
