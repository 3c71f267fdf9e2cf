"""Opening personal data: purpose first, then the log, and only then the data."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseFault
from django.db import connections

from indgang.foundation.access import policy
from indgang.foundation.access.errors import LogUnavailable, NotFound
from indgang.foundation.access.selectors import LOG, scope_of
from indgang.foundation.access.values import LookOutcome, Purpose, Viewer
from indgang.foundation.runtime.services import kept_now, uuid7

KEEP = (Path(__file__).parent / "sql" / "keep_looks.sql").read_text(encoding="utf-8")
OneLook = tuple[UUID, str, str, LookOutcome]  # the citizen, which data, the system asked, what came of it
Verifier = Callable[[str, UUID, Viewer], bool]
_verifiers: dict[str, Verifier] = {}
_ID = re.compile(r"[0-9A-Za-z-]{1,40}")
_NOBODY: dict[Any, bool] = {}  # stays empty
OWN = "indgang"  # the system most data comes from


def register_purpose_verifier(kind: str, verify: Verifier) -> None:
    """`verify(value, citizen, viewer)` says whether that contact or case is open and about that citizen."""
    _verifiers[kind] = verify


def verifiers() -> frozenset[str]:
    """The kinds of purpose that can be verified."""
    return frozenset(_verifiers)


def open_for(
    viewer: Viewer,
    *,
    citizen: UUID,
    kind: str,
    purpose: Purpose | None,
    at: datetime,
    sources: Sequence[str] = (OWN,),
) -> None:
    """Let the viewer read this kind of data about the citizen, or raise NotFound.

    Either way the look is committed to the access log before this returns, on a connection of its own, so that no
    rollback takes it away. LogUnavailable if it cannot be written: then nothing may be shown. One look for each of the
    systems the data comes from. What `open_together` has opened in this run is open, and in the log, already.
    """
    if tuple(sources) == (OWN,) and _opened().pop((viewer.name, citizen, kind, purpose, at), False):
        return
    allowed = _allowed(viewer, citizen, purpose, _rights(viewer, at))
    outcome = LookOutcome.SHOWN if allowed else LookOutcome.REFUSED
    _keep(viewer, purpose, at, [(citizen, kind, source, outcome) for source in sources])
    if not allowed:
        raise NotFound


def open_together(
    viewer: Viewer, *, citizen: UUID, kinds: Sequence[str], purpose: Purpose | None, at: datetime
) -> None:
    """`open_for` of every kind of data a page shows about the citizen, in one statement; first of all in that page.

    A refusal is one look, of the first kind. The next `open_for` of each kind by the same viewer, for the same purpose
    and moment, writes nothing more. Outside of `remembering` nobody could know that: then nothing is opened here.
    """
    opened = _opened()
    if opened is _NOBODY:
        return
    allowed = _allowed(viewer, citizen, purpose, _rights(viewer, at))
    outcome = LookOutcome.SHOWN if allowed else LookOutcome.REFUSED
    _keep(viewer, purpose, at, [(citizen, kind, OWN, outcome) for kind in (kinds if allowed else kinds[:1])])
    if not allowed:
        raise NotFound
    opened |= {(viewer.name, citizen, kind, purpose, at): True for kind in kinds}


def _opened() -> dict[Any, bool]:
    """What this run has opened ahead; nothing outside of one."""
    run = kept_now()
    if run is None:
        return _NOBODY
    found: dict[Any, bool] = run.setdefault(_opened, {})
    return found


def open_many(
    viewer: Viewer,
    *,
    citizens: Iterable[UUID],
    withheld: Iterable[UUID] = (),
    on_account_of: UUID | None = None,
    kind: str,
    purpose: Purpose | None,
    at: datetime,
) -> frozenset[UUID]:
    """Whom of several citizens the viewer may read this kind of data about; all looks are written in one statement.

    `withheld` fit the question but are not shown whatever the purpose: a refused look each. `on_account_of`: the
    citizen whose household or representation the others belong to; what holds for that citizen holds for them.
    Raises NotFound where the purpose opens nobody, also when there is nobody; LogUnavailable as `open_for`.
    """
    asked = list(dict.fromkeys(citizens))
    if on_account_of is None and asked and purpose is not None and purpose.kind != "reason":
        rights = _rights(viewer, at)
        shown = frozenset(one for one in asked if _allowed(viewer, one, purpose, rights))
        opens = bool(shown)
    else:  # one answer for all of them
        opens = _allowed(viewer, on_account_of, purpose, _rights(viewer, at))
        shown = frozenset(asked) if opens else frozenset()
    looks = [(one, kind, OWN, LookOutcome.SHOWN if one in shown else LookOutcome.REFUSED) for one in asked]
    looks += [(one, kind, OWN, LookOutcome.REFUSED) for one in dict.fromkeys(withheld)]
    _keep(viewer, purpose, at, looks)
    if not opens:
        raise NotFound
    return shown


def _rights(viewer: Viewer, at: datetime) -> policy.Scope | None:
    return None if viewer.is_system else scope_of(viewer, at)


def _allowed(viewer: Viewer, citizen: UUID | None, purpose: Purpose | None, rights: policy.Scope | None) -> bool:
    verified = _verified(viewer, citizen, purpose)
    return verified if viewer.is_system else rights is not None and policy.may_open(rights, purpose, verified)


def _verified(viewer: Viewer, citizen: UUID | None, purpose: Purpose | None) -> bool:
    verify = _verifiers.get(purpose.kind) if purpose else None
    if purpose is None or verify is None or citizen is None:
        return False
    return verify(purpose.value, citizen, viewer)


def _keep(viewer: Viewer, purpose: Purpose | None, at: datetime, looks: Sequence[OneLook]) -> None:
    """Write them, in the order given; committed when this returns."""
    if not looks:
        return
    citizens, kinds, sources, outcomes = zip(*looks, strict=True)
    facts: dict[str, Any] = {
        "at": at,
        "actor": viewer.name,
        "purpose": _purpose_text(purpose),
        "ids": [uuid7(at) for _ in looks],
        "citizens": list(citizens),
        "kinds": list(kinds),
        "sources": [source[:40] for source in sources],
        "outcomes": [outcome.value for outcome in outcomes],
    }
    try:
        with connections[LOG].cursor() as cursor:
            cursor.execute(KEEP, facts)
    except DatabaseFault:
        log = connections[LOG]
        if not log.in_atomic_block:
            log.close()  # a broken connection must not outlive the fault
        raise LogUnavailable from None


def _purpose_text(purpose: Purpose | None) -> str:
    """What may stand in the log: a code or an id, never free text that somebody put in its place."""
    if purpose is None:
        return "none"
    readable = policy.is_reason(purpose.value) if purpose.kind == "reason" else _ID.fullmatch(purpose.value)
    return f"{purpose.kind[:20]}:{purpose.value if readable else 'unreadable'}"
