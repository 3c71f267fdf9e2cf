"""Decisions for other programs and for scripts with a personal key (`/api/v1/cases/{number}/decisions`)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from indgang.core.cases import selectors, services
from indgang.core.cases.case_api import checked, viewer_of
from indgang.core.cases.decision_errors import NotOnCase
from indgang.core.cases.decision_values import AmountLine, DecisionCard, DecisionsPage, DecisionText, LetterRow
from indgang.core.cases.errors import WordsTooLong
from indgang.core.cases.values import LetterWay
from indgang.foundation.access.api import bearer
from indgang.foundation.access.values import Purpose
from indgang.foundation.runtime import clock
from indgang.foundation.web.api import idempotent

router = Router(auth=bearer, tags=["cases"])
_LONG = 30_000  # longer than any field may be: what is too long is refused by its own name
_ReasonParam = Annotated[
    str, Query("", max_length=40, description="A reason of the list, where the case is not one's own work.")
]


class AmountIn(Schema):
    """One amount of a decision; `period`: once, day, week, month or year."""

    label: str = Field(max_length=200)
    amount: Decimal = Field(max_digits=14, decimal_places=4)
    period: str = Field(default="once", max_length=20)


class DecisionIn(Schema):
    """A decision: kept as the draft of the case, then made, unless `draft` says to leave it there."""

    result: str = Field(max_length=20, description="granted, partly, refused or other")
    summary: str = Field(default="", max_length=_LONG, description="The result in one sentence of plain Danish.")
    facts: str = Field(default="", max_length=_LONG)
    reasons: str = Field(default="", max_length=_LONG)
    legal_basis: str = Field(default="", max_length=_LONG)
    to_do: str = Field(default="", max_length=_LONG)
    amounts: list[AmountIn] = Field(default=[], max_length=60)
    valid_from: date | None = None
    appeal_body: str = Field(default="", max_length=_LONG)
    appeal_by: date | None = None
    appeal_weeks: int | None = Field(default=None, ge=-1000, le=1000)
    appeal_rule: str = Field(default="", max_length=_LONG)
    appeal_limits: str = Field(default="", max_length=_LONG)
    no_appeal: bool = False
    opinion_ground: str = Field(default="", max_length=_LONG)
    level: int | None = Field(default=None, ge=2, le=3)
    language: str = Field(default="da", pattern="^(da|en)$")
    draft: bool = Field(default=False, description="Keep the draft and make no decision.")
    way: str = Field(default=LetterWay.PRINT.value, max_length=20, description="print, mail or counter")
    address: str = Field(default="", max_length=1000, description="Where the party has none in the register.")
    confirmed: list[str] = Field(default=[], max_length=10, description="Warnings that were read: cpr, others.")
    version: int | None = Field(default=None, description="Of the draft this is written over.")


class LetterOut(Schema):
    """A letter and where it is."""

    id: UUID
    kind: str
    title: str
    document: UUID
    way: str
    state: str
    notice: str
    failure: str
    made_at: datetime
    settled_at: datetime | None


class AmountOut(Schema):
    """One amount."""

    label: str
    amount: str
    period: str


class DecisionOut(Schema):
    """A decision, or its draft."""

    id: UUID
    state: str
    level: int
    result: str
    summary: str
    facts: str
    reasons: str
    legal_basis: str
    to_do: str
    amounts: list[AmountOut]
    valid_from: date | None
    appeal_body: str
    appeal_by: date | None
    appeal_weeks: int | None
    no_appeal: bool
    document: UUID | None
    letters: list[LetterOut]
    decided_at: datetime | None
    decided_by: str
    version: int


class GateOut(Schema):
    """One thing that must be in order before the case is decided; `warning`: it may be confirmed instead."""

    code: str
    met: bool
    warning: bool
    sentence: str


class DecisionsOut(Schema):
    """What a case has of decisions, and what its draft still lacks."""

    draft: DecisionOut | None
    decisions: list[DecisionOut]
    gates: list[GateOut]


@router.get("/cases/{number}/decisions", response=DecisionsOut, summary="Read the decisions of a case")
def read_decisions(request: HttpRequest, number: str, reason: _ReasonParam) -> dict[str, Any]:
    """The draft, the decisions with their letters, and the gates; the look is logged."""
    viewer, at = viewer_of(request), clock.now()
    purpose = Purpose("reason", reason) if reason else None
    page = selectors.case(viewer, number, purpose=purpose, at=at)
    return _page(selectors.decisions_of(viewer, page.id, at))


@router.post("/cases/{number}/decisions", response={201: DecisionOut}, summary="Decide a case")
@idempotent
def decide(request: HttpRequest, number: str, body: DecisionIn) -> Status[dict[str, Any]]:
    """Keep the draft, and make the decision with its letter. 409 says which gates are open; the draft is kept then."""
    viewer, at = viewer_of(request), clock.now()
    case_id = selectors.case_id_of(viewer, number, at)
    row = services.draft_decision(case_id=case_id, text=_text(body), version=body.version, viewer=viewer, at=at)
    if not body.draft:
        services.decide(
            decision_id=row.id,
            way=checked(body.way, "way", 20, WordsTooLong),
            address=checked(body.address, "address", 1000, WordsTooLong),
            confirmed=body.confirmed,
            version=row.version,
            viewer=viewer,
            at=at,
        )
    page = selectors.decisions_of(viewer, case_id, at)
    made = next((card for card in (*page.decisions, page.draft) if card is not None and card.id == row.id), None)
    if made is None:
        raise NotOnCase(what=str(row.id))
    return Status(201, _decision(made))


def _text(body: DecisionIn) -> DecisionText:
    facts = body.dict(exclude={"amounts", "draft", "way", "address", "confirmed", "version"})
    amounts = tuple(AmountLine(one.label, one.amount, one.period) for one in body.amounts)
    return DecisionText(**facts, amounts=amounts)


def _page(page: DecisionsPage) -> dict[str, Any]:
    return {
        "draft": _decision(page.draft) if page.draft else None,
        "decisions": [_decision(card) for card in page.decisions],
        "gates": [
            {"code": gate.code, "met": gate.met, "warning": gate.warning, "sentence": gate.sentence}
            for gate in page.gates
        ],
    }


def _decision(card: DecisionCard) -> dict[str, Any]:
    names = [
        "id", "state", "level", "result", "summary", "facts", "reasons", "legal_basis", "to_do", "valid_from",
        "appeal_body", "appeal_by", "appeal_weeks", "no_appeal", "document", "decided_at", "version",
    ]  # fmt: skip
    return {name: getattr(card, name) for name in names} | {
        "amounts": [{"label": one.label, "amount": f"{one.amount:.2f}", "period": one.period} for one in card.amounts],
        "letters": [_letter(letter) for letter in card.letters],
        "decided_by": card.decided_by_name,
    }


def _letter(letter: LetterRow) -> dict[str, Any]:
    names = ["id", "kind", "title", "document", "way", "state", "notice", "failure", "made_at", "settled_at"]
    return {name: getattr(letter, name) for name in names}
