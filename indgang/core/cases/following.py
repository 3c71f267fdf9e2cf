"""Cases follow the people they depend on: a citizen who turns out to be another, an employee who leaves."""

from uuid import UUID

from indgang.core.cases.handling import put_handler
from indgang.core.cases.models import Case, CaseHandler, MovedCase, Party, Step
from indgang.core.cases.steps import give_step
from indgang.core.cases.values import Progress
from indgang.core.cases.writing import changed, locked_by_process
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import system
from indgang.foundation.journal.values import JournalLine

_FOLLOWER = system("cases")


def on_left(line: JournalLine) -> None:
    """Nothing waits for somebody who works here no more: their cases are their units', and so are their steps."""
    employee = line.data.get("employee")
    if not isinstance(employee, int):
        return
    CaseHandler.objects.filter(employee=employee, valid_to=None).update(valid_to=line.at)
    theirs = Case.objects.filter(handler=employee).exclude(progress=Progress.CLOSED)
    for case_id in list(theirs.order_by("id").values_list("id", flat=True)):
        put_handler(locked_by_process(case_id), None, viewer=_FOLLOWER, at=line.at)
    card = organisation.employee(employee)
    left = Step.objects.filter(employee=employee, done_at=None, withdrawn=False).order_by("case", "id")
    for step in left:
        case = locked_by_process(step.case_id)
        give_step(case, step, unit=card.unit_id if card else case.unit_id, viewer=_FOLLOWER, at=line.at)


def on_merged(line: JournalLine) -> None:
    """Every case of the one is the other's now; which ones is remembered under the merge."""
    gone, stays, merge = UUID(str(line.data["from"])), UUID(str(line.data["into"])), str(line.data["merge"])
    for case in Case.objects.select_for_update(of=("self",)).filter(person=gone).order_by("id"):
        MovedCase.objects.get_or_create(merge=merge, case=case, party=None, defaults={"before": gone})
        _give(case, stays, line, merge)
    for party in Party.objects.filter(person=gone).order_by("id"):
        MovedCase.objects.get_or_create(merge=merge, case_id=party.case_id, party=party, defaults={"before": gone})
        Party.objects.filter(pk=party.pk).update(person=stays)


def on_merge_undone(line: JournalLine) -> None:
    """Those that followed go back, unless somebody has made them another citizen's since."""
    merge = str(line.data["merge"])
    stays = UUID(str(line.data["into"])) if line.data.get("into") else None
    moved = MovedCase.objects.filter(merge=merge).order_by("id")
    for row in moved:
        if row.party_id is not None:
            parties = Party.objects.filter(pk=row.party_id)
            (parties.filter(person=stays) if stays else parties).update(person=row.before)
            continue
        case = locked_by_process(row.case_id)
        if stays is None or case.person_id == stays:
            _give(case, row.before, line, merge)
    moved.delete()


def _give(case: Case, person: UUID, line: JournalLine, merge: str) -> None:
    case.person_id = person
    changed(case, "case.person_moved", viewer=_FOLLOWER, at=line.at, fields=["person"], merge=merge)
