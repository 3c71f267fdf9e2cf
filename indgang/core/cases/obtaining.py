"""Connected registers on a case: asked for its facts, told of a changed income. The register is asked before any
transaction begins, after the look stands in the access log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.case_values import ReachedCase
from indgang.core.cases.disclosures import check_applied, put_obtained
from indgang.core.cases.errors import NotYourCase
from indgang.core.cases.opening import setting_of
from indgang.core.cases.reaching import reached
from indgang.core.cases.rights import tasks_of
from indgang.core.cases.sharing_errors import NobodyOnCase, NotForTask, NothingObtained, WhatMissing
from indgang.core.cases.sharing_values import ObtainedFacts
from indgang.core.cases.task_settings import built_on_income
from indgang.core.cases.values import EntryKind
from indgang.core.cases.writing import changed, enter, line, locked
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.journal import selectors as events
from indgang.foundation.registers import selectors as registers
from indgang.foundation.registers import services as register_services
from indgang.foundation.registers.values import Answer, FactLine, Source
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

INCOME = "income"


def obtain_from_register(
    *,
    case_id: UUID,
    register: str,
    ground: str = "",
    facts: Sequence[str] = (),
    consent: bool = False,
    purpose: Purpose | None = None,
    viewer: Viewer,
    at: datetime,
) -> ObtainedFacts:
    """Ask a connected register for the case and note what it said; without `facts` all it tells. Call it outside a
    transaction. What the register said earlier is noted as such.

    Raises NotApplied, NotForTask, NobodyOnCase, NothingObtained, UnknownSource, NotYourCase, NotFound, LogUnavailable.
    """
    case = reached(viewer, case_id, at)
    person = _check(case)
    source = _source(register)
    check_applied(case.raised_by)
    check_task(source, case.task, consent=consent)
    subject = citizens.register_subject(viewer, person)
    why = purpose or Purpose("case", case.number)
    answer = register_services.ask(source, subject, viewer, why, at)
    told = _told(answer, facts)
    if answer.is_unavailable or not answer.known:
        raise NothingObtained(sentence=answer.sentence)
    with transaction.atomic():
        row = put_obtained(
            locked(case_id, viewer=viewer, at=at), registers.name_of(source), ", ".join(one.name for one in told),
            line(ground, 300) or source.legal_basis, found=_words(answer, told), register=source.code,
            consent=consent, viewer=viewer, at=at,
        )  # fmt: skip
    return ObtainedFacts(row.id, _words(answer, told), answer.is_stale)


@transaction.atomic
def report_income(
    *,
    case_id: UUID,
    facts: Mapping[str, int],
    year: int,
    key: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> str:
    """Report a citizen's changed amounts to the income register from their case; the key under which it goes out.

    Only from a case whose task depends on the income. Raises NotForTask, NobodyOnCase, NotYourCase, StaleCase, and
    WrongAmount, WrongYear, NothingReported, NoNumber of registers.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    if case.person_id is None:
        raise NobodyOnCase
    check_task(_source(INCOME), case.task_id, consent=False)
    if key and events.events_of_subject(f"registers.report:{key}"):
        return key  # the same form once more: the journal has it
    subject = citizens.register_subject(viewer, case.person_id)
    made = register_services.report_change(
        person=subject, facts=facts, year=year, viewer=viewer, purpose=Purpose("case", case.number), at=at,
        key=key or str(uuid7(at)),
    )  # fmt: skip
    told = ", ".join(_amount(name, amount) for name, amount in facts.items())
    enter(case, EntryKind.DISCLOSED, f"Indberettet til indkomstregistret for {year}", body=told, viewer=viewer, at=at)
    changed(case, "case.income_reported", viewer=viewer, at=at, year=year, facts=sorted(facts), report=made)
    return made


def registers_for(viewer: Viewer, at: datetime) -> dict[str, bool]:
    """Every register and whether this viewer's tasks need it: CPR all of them, income those that depend on it."""
    informed = tasks_of(viewer, at)[0] if viewer.is_staff else frozenset(catalogue.codes())
    needs_income = not built_on_income().isdisjoint(informed)
    return {source.code: source.code != INCOME or needs_income for source in registers.sources()}


def check_task(source: Source, task: str, *, consent: bool) -> None:
    """The rights of the task's owner go with the task: what the task is not built on may not be asked for it.

    Raises NotForTask.
    """
    if source.code == INCOME and not consent and not setting_of(task).income_dependent:
        card = catalogue.cards([task]).get(task)
        raise NotForTask(register=registers.name_of(source).capitalize(), task=card.title if card else task)


def _check(case: ReachedCase) -> UUID:
    if not case.may_work:
        raise NotYourCase
    if case.person is None:
        raise NobodyOnCase
    return case.person


def _source(register: str) -> Source:
    known = {source.code: source for source in registers.sources()}
    found = known.get(register)
    if found is None:
        raise WhatMissing(done=gettext("spurgt om: vælg et register"), field="register")
    return found


def _told(answer: Answer, facts: Sequence[str]) -> list[FactLine]:
    told = registers.lines(answer)
    chosen = [one for one in told if one.code in set(facts)] if facts else told
    return [one for one in chosen if not one.masked]


def _words(answer: Answer, told: Sequence[FactLine]) -> str:
    said = [f"{one.name}: {one.value}" for one in told]
    since = answer.as_of or clock.now()
    head = [answer.sentence] if answer.is_stale else [f"Svar {clock.local(since):%d.%m.%Y %H.%M}"]
    return "\n".join([*head, *said])


def _amount(name: str, amount: int) -> str:
    source = next(one for one in registers.sources() if one.code == INCOME)
    names = {fact.code: fact.name for fact in source.facts}
    grouped = f"{amount:,}".replace(",", ".")
    return f"{names.get(name, name)}: {grouped} kr."
