"""A package is ordered on the page and made by a job: how far it is can be seen, and why it could not be made."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext

from indgang.core.cases.access_errors import ChoicesChanged, PackerGone, PackingBroken, RequestStale
from indgang.core.cases.access_items import opened_request
from indgang.core.cases.access_requests import locked_request
from indgang.core.cases.access_values import Packing, PackingPart
from indgang.core.cases.document_presenting import author_names
from indgang.core.cases.models import AccessRequest, Case
from indgang.core.cases.packaging import check_ready, items_of, make_package
from indgang.core.cases.rights import visible
from indgang.core.cases.writing import noted
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web import services as web

JOB, QUEUE = "cases.pack", "default"
PACKER = system("packing")
MOST_TRIES = 2  # a process that dies while it packs is forgiven once; a package that ends every process is not
_LONGEST_FAULT = 400
_PACKING = ("packing_at", "packing_tries", "packing_part", "packing_fault")
_TAKE = "SELECT pg_try_advisory_lock(hashtextextended('cases.pack:' || %s, 0))"
_LEAVE = "SELECT pg_advisory_unlock(hashtextextended('cases.pack:' || %s, 0))"
log = structlog.get_logger("indgang.cases")


@transaction.atomic
def order_package(*, request_id: UUID, viewer: Viewer, at: datetime, version: int) -> AccessRequest:
    """Have the package made; one that is on its way already is waited for.

    Raises ItemsNotReady, NothingAsked, RequestStale, RequestAnswered, NotYourCase, NotFound.
    """
    if viewer.actor is None:
        raise NotFound
    opened_request(request_id, viewer, at)
    own, request = locked_request(request_id, viewer=viewer, at=at, version=version)
    check_ready(items_of(request), viewer, at)
    if request.packing_at is not None:
        return request
    request.packing_at, request.packing_tries, request.packing_by = at, 0, viewer.actor.account
    request.packing_part, request.packing_version, request.packing_fault = PackingPart.WAITING, version, ""
    request.save(update_fields=[*_PACKING, "packing_by", "packing_version"])
    noted(own, "case.access_pack_ordered", viewer=viewer, at=at, request=str(request.id))
    runtime.wake(JOB, QUEUE)
    return request


def pack_ordered(at: datetime) -> int:
    """Make the packages that are ordered, the first one first; how many were made. Two who do so share the work."""
    waiting = AccessRequest.objects.filter(packing_at__isnull=False).order_by("packing_at", "id")
    return sum(_pack(key, at) for key in list(waiting.values_list("id", flat=True)))


def packing(viewer: Viewer, request_id: UUID, at: datetime) -> Packing:
    """How far the package of a request is that the viewer may see; nothing of what lies in it is read. NotFound."""
    seen = Case.objects.filter(visible(viewer, at)).values("id")
    request = AccessRequest.objects.filter(id=request_id, own_case__in=seen).first()
    if request is None:
        raise NotFound
    return packing_of(request, at)


def packing_of(request: AccessRequest, at: datetime) -> Packing:
    """The same of a request that is open on the page."""
    since = request.packing_at
    part = PackingPart(request.packing_part) if since is not None and request.packing_part else None
    return Packing(
        running=since is not None,
        part=part.value if part else "",
        part_name=gettext(part.label) if part else "",
        since=since,
        waited=max(0, int((at - since).total_seconds())) if since is not None else 0,
        by_name=_name_of(request, at) if since is not None else "",
        fault=request.packing_fault,
    )


def _pack(request_id: UUID, at: datetime) -> bool:
    """Whether it was made by this call: nobody else has it in hand, and nothing was wrong."""
    with _alone(request_id) as mine:
        if not mine:
            return False
        request = AccessRequest.objects.filter(id=request_id, packing_at__isnull=False).first()
        if request is None:
            return False
        try:
            _make(request, at)
        except RequestStale:
            _failed(request, ChoicesChanged(), at)
        except (DomainError, OSError) as fault:
            log.warning("package not made", request=str(request_id), fault=type(fault).__name__)
            _failed(request, fault if isinstance(fault, DomainError) else PackingBroken(), at)
        else:
            return True
    return False


@contextmanager
def _alone(request_id: UUID) -> Iterator[bool]:
    """Whether nobody else makes it now; who dies lets go. A lock of the session: no transaction is open meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [str(request_id)])
        taken = cursor.fetchone()
    mine = bool(taken and taken[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute(_LEAVE, [str(request_id)])


def _make(request: AccessRequest, at: datetime) -> None:
    if request.packing_tries >= MOST_TRIES:
        raise PackingBroken
    AccessRequest.objects.filter(id=request.id).update(packing_tries=F("packing_tries") + 1)
    viewer = organisation.viewer_of_account(request.packing_by, at) if request.packing_by is not None else None
    if viewer is None:
        raise PackerGone
    make_package(
        request_id=request.id, viewer=viewer, at=at, version=request.packing_version or 0,
        told=partial(_told, request),
    )  # fmt: skip


def _told(request: AccessRequest, part: PackingPart) -> None:
    """Outside the transaction that keeps the package: who waits sees it at once."""
    AccessRequest.objects.filter(id=request.id).update(packing_part=part)
    web.publish(f"case:{request.own_case_id}", "changed", str(request.own_case_id))


@transaction.atomic
def _failed(request: AccessRequest, fault: DomainError, at: datetime) -> None:
    row = AccessRequest.objects.select_for_update(of=("self",)).select_related("own_case").get(id=request.id)
    row.packing_at, row.packing_part = None, ""
    row.packing_fault = str(fault)[:_LONGEST_FAULT]
    row.save(update_fields=_PACKING)
    noted(row.own_case, "case.access_pack_failed", viewer=PACKER, at=at, request=str(row.id), code=fault.code)


def _name_of(request: AccessRequest, at: datetime) -> str:
    viewer = organisation.viewer_of_account(request.packing_by, at) if request.packing_by is not None else None
    return author_names([viewer.name])[viewer.name] if viewer is not None else ""
