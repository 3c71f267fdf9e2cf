"""A card's way from draft over the owner's approval to everybody: nothing is overwritten, nobody approves alone."""

from datetime import date, datetime

from django.db import transaction

from indgang.core.catalogue import card_files, errors, indexing
from indgang.core.catalogue.card_content import CardContent
from indgang.core.catalogue.card_keeping import add_version, closed_owner, latest, open_card, publish, short
from indgang.core.catalogue.card_names import name_of
from indgang.core.catalogue.card_rules import Known, code_faults, with_groups
from indgang.core.catalogue.card_values import CardOrigin, CardState
from indgang.core.catalogue.editing import may_edit
from indgang.core.catalogue.models import Authority, Card, CardVersion, Rate, Task
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

PUBLISHER = system("card-publisher")
OWNERS = (Role.TASK_OWNER, Role.MANAGER)
APPROVERS = (Role.EDITOR, Role.TASK_OWNER, Role.MANAGER)


@transaction.atomic
def save_card_draft(*, task: str, text: str, based_on: int, why: str, viewer: Viewer, at: datetime) -> int:
    """Keep the whole file as the next version and return its number; `based_on` is the version one started from, or 0.

    Raises CardFaulty (its faults name line and field), StaleCard (with what the other one saved), NotFound.
    The same text saved twice by the same person is one version.
    """
    row = _editable(task, viewer)
    content = checked(task, text)
    card = open_card(task)
    last = latest(task)
    canonical = card_files.write(content)
    if last is not None and last.text == canonical and last.author == viewer.name and last.state != CardState.RETURNED:
        return last.number
    if (last.number if last else 0) != based_on:
        raise errors.StaleCard(
            author=name_of(last.author) if last else "", number=last.number if last else 0,
            text=last.text if last else "",
        )  # fmt: skip
    version = add_version(
        card, canonical, state=CardState.DRAFT, origin=CardOrigin.HAND, why=why, author=viewer.name, at=at
    )
    _record("card.drafted", version, viewer, at, administration=row.administration_id)
    return version.number


@transaction.atomic
def submit_card(*, task: str, version: int, viewer: Viewer, at: datetime) -> None:
    """Send the newest draft to the task's owner for approval. Raises WrongCardState when it is no draft any more."""
    row = _editable(task, viewer)
    draft = _waiting(task, version, CardState.DRAFT)
    draft.state, draft.submitted_by, draft.submitted_at = CardState.SUBMITTED, viewer.name, at
    draft.save(update_fields=["state", "submitted_by", "submitted_at"])
    _record("card.submitted", draft, viewer, at, administration=row.administration_id)


@transaction.atomic
def approve_card(*, task: str, version: int, publish_on: date | None, viewer: Viewer, at: datetime) -> None:
    """Approve a submitted version; it is published at once, or when the day `publish_on` begins.

    Raises NotTheOwner, OwnText, WrongCardState, and OwnerClosed where the unit that takes the case is closed.
    """
    row = _task(task)
    if not (viewer.is_process or viewer.has_role(*APPROVERS)):
        raise NotFound
    card = open_card(task)
    submitted = _waiting(task, version, CardState.SUBMITTED)
    _check_approver(row, submitted, viewer, at)
    submitted.reviewer, submitted.reviewed_at = viewer.name, at
    if publish_on is not None and publish_on > clock.local(at).date():
        submitted.state, submitted.publish_on = CardState.APPROVED, publish_on
        submitted.save(update_fields=["state", "publish_on", "reviewer", "reviewed_at"])
        _record("card.approved", submitted, viewer, at, on=publish_on.isoformat())
        return
    _record("card.approved", submitted, viewer, at)
    _publish(card, row, submitted, viewer, at)


@transaction.atomic
def return_card(*, task: str, version: int, reason: str, viewer: Viewer, at: datetime) -> None:
    """Send a submitted version back to its author with the reason; its text stays and can be worked on."""
    row = _task(task)
    if not (may_edit(viewer, row.administration_id) or _belongs(viewer, row, at)):
        raise NotFound
    if not reason.strip():
        raise errors.ReasonNeeded
    submitted = _waiting(task, version, CardState.SUBMITTED)
    submitted.state, submitted.reason = CardState.RETURNED, short(reason)
    submitted.reviewer, submitted.reviewed_at = viewer.name, at
    submitted.save(update_fields=["state", "reason", "reviewer", "reviewed_at"])
    _record("card.returned", submitted, viewer, at)


def publish_due(*, at: datetime) -> int:
    """Publish what was approved for today or before; how many. A card whose owner is closed waits and says so.

    Each card has its own transaction: editors who publish meanwhile never wait for all of them.
    """
    due = CardVersion.objects.filter(state=CardState.APPROVED, publish_on__lte=clock.local(at).date())
    waiting = list(due.order_by("publish_on", "number").values_list("task_id", "number"))
    return sum(_publish_one(task, number, at) for task, number in waiting)


@transaction.atomic
def _publish_one(task: str, number: int, at: datetime) -> bool:
    card, row = open_card(task), _task(task)
    version = CardVersion.objects.filter(task=task, number=number, state=CardState.APPROVED).first()
    if version is None:
        return False
    unit = closed_owner(row, at)
    if unit:
        _wait(card, version, unit, at)
        return False
    _publish(card, row, version, PUBLISHER, at)
    return True


@transaction.atomic
def roll_back_card(*, task: str, to_version: int, why: str, viewer: Viewer, at: datetime) -> int:
    """Take up again, as the next version, a text that was published before. Where the task's owner does it, it is
    published; what anybody else takes up waits for the owner's approval. Raises CardNotFound, OwnerClosed."""
    row = _task(task)
    if not (may_edit(viewer, row.administration_id) or owns(viewer, row, at)):
        raise NotFound
    if not why.strip():
        raise errors.ReasonNeeded(field="why")
    card = open_card(task)
    old = CardVersion.objects.filter(task=task, number=to_version).exclude(published_at=None).first()
    if old is None:
        raise errors.CardNotFound(task=task)
    if card.published_id == old.pk:
        return old.number
    version = add_version(
        card, old.text, state=CardState.DRAFT, origin=CardOrigin.ROLL_BACK, why=why, author=viewer.name, at=at
    )
    if owns(viewer, row, at):
        version.reviewer, version.reviewed_at = old.reviewer, old.reviewed_at
        _publish(card, row, version, viewer, at)
        _record("card.rolled_back", version, viewer, at, to=to_version)
    else:
        version.state, version.submitted_by, version.submitted_at = CardState.SUBMITTED, viewer.name, at
        version.save(update_fields=["state", "submitted_by", "submitted_at"])
        _record("card.submitted", version, viewer, at, administration=row.administration_id, to=to_version)
    return version.number


@transaction.atomic
def dismiss_attention(*, task: str, viewer: Viewer, at: datetime) -> None:
    """Say that a conflict with the profile has been looked at; the card stays as it is."""
    _editable(task, viewer)
    card = open_card(task)
    if card.attention:
        card.attention = ""
        card.save(update_fields=["attention"])
        journal.record("card.attention_dismissed", at=at, viewer_name=viewer.name, subject=card, data={"task": task})


def owns(viewer: Viewer, row: Task, at: datetime) -> bool:
    """Whether this viewer answers for the task: its owner or a leader there, and who runs the system. An editor alone
    does not, not even for words that were approved once."""
    return viewer.is_process or (viewer.has_role(*OWNERS) and _belongs(viewer, row, at))


def may_approve(viewer: Viewer, row: Task, version: CardVersion, at: datetime) -> bool:
    """Whether this viewer may approve that version."""
    return _belongs(viewer, row, at) and (viewer.is_process or viewer.name not in _writers(version))


def checked(task: str, text: str) -> CardContent:
    """The card of a text for this task, every code in it known. Raises CardFaulty."""
    name = f"{task}.md"
    content = card_files.parse(text, name=name)
    faults = list(code_faults(content, text, name, known()))
    if faults:
        raise errors.CardFaulty(name=name, faults=faults)
    return content


def known() -> Known:
    """The codes a card may name. Forms and leaflets belong to contacts; the link check holds them against those."""
    return Known(
        tasks=dict(Task.objects.values_list("code", "frequent")),
        authorities=frozenset(Authority.objects.values_list("code", flat=True)),
        rates=with_groups(Rate.objects.values_list("code", flat=True)),
    )


def _task(task: str) -> Task:
    row = Task.objects.select_related("administration").filter(code=task).first()
    if row is None:
        raise errors.TaskNotFound(task=task)
    return row


def _editable(task: str, viewer: Viewer) -> Task:
    row = _task(task)
    if not may_edit(viewer, row.administration_id):
        raise NotFound
    return row


def _waiting(task: str, number: int, state: CardState) -> CardVersion:
    version = CardVersion.objects.select_for_update(of=("self",)).filter(task=task, number=number).first()
    if version is None:
        raise errors.CardNotFound(task=task)
    if version.state != state:
        raise errors.WrongCardState(state=CardState(version.state).label)
    return version


def _belongs(viewer: Viewer, row: Task, at: datetime) -> bool:
    """Whether this approver is of the administration that owns the task, or of who took its work over.

    Nobody of another authority works here: for its tasks the municipality's own approvers answer.
    """
    if viewer.is_process:
        return True
    if viewer.actor is None or not viewer.has_role(*APPROVERS):
        return False
    if row.administration.external:
        return viewer.has_role(Role.EDITOR, Role.MANAGER)
    owner, employer = row.administration_id, viewer.actor.employer
    if employer in (owner, row.administration.part_of_id, *owner.split("/")):
        return True
    owners = organisation.owners(at)
    mine, theirs = owners.of(employer), owners.of(owner, row.follow_up_id)
    return mine is not None and theirs is not None and mine.code == theirs.code


def _check_approver(row: Task, version: CardVersion, viewer: Viewer, at: datetime) -> None:
    if not _belongs(viewer, row, at):
        raise errors.NotTheOwner(owner=row.administration.name)
    if not viewer.is_process and viewer.name in _writers(version):
        raise errors.OwnText(owner=row.administration.name)


def _writers(version: CardVersion) -> set[str]:
    """Everybody who wrote on this text since the last published one: none of them approves it."""
    before = CardVersion.objects.filter(task=version.task_id, number__lt=version.number).exclude(published_at=None)
    last = before.order_by("-number").values_list("number", flat=True).first() or 0
    since = CardVersion.objects.filter(task=version.task_id, number__gt=last, number__lte=version.number)
    return {name for pair in since.values_list("author", "submitted_by") for name in pair if name}


def _publish(card: Card, row: Task, version: CardVersion, viewer: Viewer, at: datetime) -> None:
    unit = closed_owner(row, at)
    if unit:
        raise errors.OwnerClosed(unit=unit, task=row.code)
    if publish(card, version, viewer_name=viewer.name, at=at):
        indexing.rebuild(at)


def _wait(card: Card, version: CardVersion, unit: str, at: datetime) -> None:
    sentence = str(errors.OwnerClosed(unit=unit, task=card.pk))[:300]
    if card.attention != sentence:
        card.attention = sentence
        card.save(update_fields=["attention"])
        _record("card.publication_refused", version, PUBLISHER, at)


def _record(verb: str, version: CardVersion, viewer: Viewer, at: datetime, **more: object) -> None:
    journal.record(
        verb, at=at, viewer_name=viewer.name, subject=version,
        data={"task": version.task_id, "version": version.number, **more},
    )  # fmt: skip
