"""The lists people choose from, changed by hand: reasons for a pause and service points. A profile loaded again leaves
alone what was changed here."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import Origin
from indgang.core.routing import keeping
from indgang.core.routing.errors import ListIncomplete, StaleTarget, UnknownMedium, UnknownTarget
from indgang.core.routing.models import AgentState, PauseReason, ServicePoint
from indgang.core.routing.ruling import may_rule
from indgang.core.routing.telling import ring, tell_floor
from indgang.core.routing.values import MEDIA
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

M = TypeVar("M", PauseReason, ServicePoint)


@transaction.atomic
def save_pause_reason(
    *, code: str, title: str, title_en: str, order: int = 0, viewer: Viewer, at: datetime, version: int | None = None
) -> PauseReason:
    """A reason one may choose for a pause, new, changed or brought back; `version` as it was seen, 0 for a new one.

    Raises ListIncomplete, StaleTarget, NotFound.
    """
    may_rule(viewer)
    words = _words(code, title, title_en)
    facts = {"title": words[1], "title_en": words[2], "order": order}
    row = _written(PauseReason, words[0], facts, version)
    _noted("routing.pause_reason_saved", "pausereason", words[0], viewer, at)
    return row


@transaction.atomic
def end_pause_reason(*, code: str, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """Nobody chooses it from now on; who is away for it stays away, and what is written of it stays readable."""
    may_rule(viewer)
    _ended(PauseReason, code, at, version)
    _noted("routing.pause_reason_ended", "pausereason", code, viewer, at)


@transaction.atomic
def save_service_point(
    *,
    code: str,
    name: str,
    name_en: str,
    unit_code: str = "",
    groups: Sequence[str] = (),
    media: Sequence[str] = (),
    order: int = 0,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> ServicePoint:
    """Where one serves and what comes there (no groups, no media: everything), new, changed or brought back.

    Raises ListIncomplete, UnknownTarget, UnknownMedium, StaleTarget, NotFound.
    """
    may_rule(viewer)
    words = _words(code, name, name_en)
    known = dict(organisation.groups())
    strange = [group for group in groups if group not in known]
    unit = organisation.unit(unit_code) if unit_code else None
    if strange or (unit_code and unit is None):
        raise UnknownTarget(target=(strange or [unit_code])[0][:40])
    if other := [medium for medium in media if medium not in MEDIA]:
        raise UnknownMedium(medium=other[0][:20])
    facts: dict[str, Any] = {"name": words[1], "name_en": words[2], "unit_id": unit.id if unit else None}
    facts |= {"order": order, "groups": sorted(set(groups)), "media": sorted(set(media))}
    row = _written(ServicePoint, words[0], facts, version)
    _noted("routing.service_point_saved", "servicepoint", words[0], viewer, at)
    ring()
    tell_floor()
    return row


@transaction.atomic
def end_service_point(*, code: str, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """Nobody serves there from now on; who does serves everywhere again."""
    may_rule(viewer)
    _ended(ServicePoint, code, at, version)
    freed = AgentState.objects.filter(service_point=code)
    people = freed.update(service_point=None, point_version=F("point_version") + 1)
    _noted("routing.service_point_ended", "servicepoint", code, viewer, at, people=people)
    ring()
    tell_floor()


def without_hand(rows: Sequence[Mapping[str, Any]], model: type[M]) -> list[dict[str, Any]]:
    """The profile's rows that nobody has changed by hand."""
    told = set(model._default_manager.filter(origin=Origin.HAND).values_list("code", flat=True))
    return [dict(row) for row in rows if row["code"] not in told]


def _written(model: type[M], code: str, facts: dict[str, Any], version: int | None) -> M:
    row = model._default_manager.select_for_update().filter(code=code).first()
    before = row.version if row is not None and row.valid_to is None else 0
    if version is not None and version != before:
        raise StaleTarget
    count = row.version + 1 if row is not None else 1
    made, _ = model._default_manager.update_or_create(
        code=code, defaults={**facts, "valid_to": None, "version": count, "origin": Origin.HAND}
    )
    return made


def _ended(model: type[M], code: str, at: datetime, version: int | None) -> None:
    row = model._default_manager.select_for_update().filter(code=code, valid_to=None).first()
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise StaleTarget
    row.valid_to = clock.local(at).date() - timedelta(days=1)
    row.version, row.origin = row.version + 1, Origin.HAND
    row.save(update_fields=["valid_to", "version", "origin"])


def _words(*given: str) -> list[str]:
    """Code, Danish and English words on one line each; none may be missing."""
    said = [" ".join(words.replace("\x00", "").split()) for words in given]
    code, danish, english = said[0][:40], said[1][:80], said[2][:80]
    if not (code and danish and english):
        raise ListIncomplete
    return [code, danish, english]


def _noted(verb: str, kind: str, code: str, viewer: Viewer, at: datetime, **data: object) -> None:
    journal.record(verb, at=at, viewer_name=viewer.name, subject=f"routing.{kind}:{code}", data={"code": code, **data})
    keeping.forget()
    transaction.on_commit(keeping.forget)
