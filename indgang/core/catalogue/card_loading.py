"""Bringing card files into use: from a profile, or from a folder an editor worked in. Nothing done by hand is lost."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from indgang.core.catalogue import card_files, errors, indexing
from indgang.core.catalogue.card_keeping import add_version, latest, open_card, publish
from indgang.core.catalogue.card_services import checked
from indgang.core.catalogue.card_values import CardLoad, CardOrigin, CardState
from indgang.core.catalogue.editing import may_edit
from indgang.core.catalogue.models import Card, CardVersion, Task
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal

LOADER = "system:profile"
BROUGHT = "indlæst fra profilen"  # stands in the card's history, which is Danish like the card
CONFLICT = "Profilens fil er ændret, men kortet er rettet i portalen. Sammenlign med version {number}."


@transaction.atomic
def load_cards(*, texts: Mapping[str, str], at: datetime) -> CardLoad:
    """Publish the new and changed files (name -> text) of a profile; a second load changes nothing.

    A card somebody wrote on by hand is left alone: the file is kept beside it as a version in conflict, once.
    """
    brought, words = bring(texts, at)
    if words:
        indexing.rebuild(at)
    return brought


def bring(texts: Mapping[str, str], at: datetime) -> tuple[CardLoad, bool]:
    """The same without the search; whether it must be made anew."""
    known = dict(Card.objects.values_list("task", "profile_digest"))
    published, words, conflicts = 0, False, []
    for name, given in sorted(texts.items()):
        task, digest = name.removesuffix(".md"), hashlib.sha256(given.encode()).hexdigest()
        if known.get(task) == digest:
            continue
        text, card = card_files.write(card_files.parse(given, name=name)), open_card(task)
        card.profile_digest = digest
        card.save(update_fields=["profile_digest"])
        if _is_by_hand(task, card, text):
            _conflict(card, text, at)
            conflicts.append(task)
        elif card.published is None or card.published.text != text:
            words |= _publish(card, text, CardOrigin.PROFILE, BROUGHT, LOADER, at)
            published += 1
    return CardLoad(published, tuple(conflicts)), words


@transaction.atomic
def import_cards(*, texts: Mapping[str, str], why: str, publish_now: bool, viewer: Viewer, at: datetime) -> CardLoad:
    """Take in the files (name -> text) that differ from what stands here: as drafts, or published at once, which only
    who runs the system may do.

    All or nothing: raises ApprovalNeeded, and CardFaulty with the faults of every file. A card with a draft of somebody
    else waiting is left alone and named.
    """
    contents = _all_checked(texts)
    taken, words, conflicts = 0, False, []
    for name, task in sorted(contents.items()):
        row = Task.objects.get(code=task)
        if not may_edit(viewer, row.administration_id):
            raise NotFound
        if publish_now and not viewer.is_process:
            raise errors.ApprovalNeeded
        card, text = open_card(task), texts[name]
        last = latest(task)
        if last is not None and last.text == text:
            continue
        if last is not None and last.state in (CardState.DRAFT, CardState.SUBMITTED) and last.author != viewer.name:
            conflicts.append(task)
            continue
        if publish_now:
            words |= _publish(card, text, CardOrigin.IMPORT, why, viewer.name, at)
        else:
            version = add_version(
                card, text, state=CardState.DRAFT, origin=CardOrigin.IMPORT, why=why, author=viewer.name, at=at
            )
            journal.record(
                "card.drafted", at=at, viewer_name=viewer.name, subject=version,
                data={"task": task, "version": version.number},
            )  # fmt: skip
        taken += 1
    if words:
        indexing.rebuild(at)
    return CardLoad(taken, tuple(conflicts))


def _all_checked(texts: Mapping[str, str]) -> dict[str, str]:
    """File name -> task, when none of the files has a fault."""
    found: dict[str, str] = {}
    faults = []
    for name, text in texts.items():
        try:
            content = card_files.parse(text, name=name)
            checked(content.task, text)
        except errors.CardFaulty as wrong:
            faults += wrong.faults
        else:
            found[name] = content.task
    if faults:
        raise errors.CardFaulty(name=faults[0].file, faults=faults)
    return found


def _is_by_hand(task: str, card: Card, text: str) -> bool:
    """Whether somebody wrote on the card after the last file of the profile, and not just the same."""
    last = latest(task)
    if last is None or last.text == text:
        return False
    return last.origin != CardOrigin.PROFILE or (
        card.published is not None and card.published.origin != CardOrigin.PROFILE
    )


def _conflict(card: Card, text: str, at: datetime) -> None:
    version = add_version(
        card, text, state=CardState.CONFLICT, origin=CardOrigin.PROFILE, why=BROUGHT,
        author=LOADER, at=at,
    )  # fmt: skip
    card.attention = CONFLICT.format(number=version.number)
    card.save(update_fields=["attention"])
    journal.record(
        "card.conflict", at=at, viewer_name=LOADER, subject=version,
        data={"task": card.pk, "version": version.number},
    )  # fmt: skip


def _publish(card: Card, text: str, origin: str, why: str, author: str, at: datetime) -> bool:
    version: CardVersion = add_version(card, text, state=CardState.DRAFT, origin=origin, why=why, author=author, at=at)
    return publish(card, version, viewer_name=author, at=at)
