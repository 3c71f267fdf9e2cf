"""What the security leader asks: looks page by page, reviews, reports, the instruction, switches, second factors."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from indgang.foundation.access import unusual
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.models import (
    Acceptance,
    Account,
    Disclosure,
    FactorRule,
    Instruction,
    Look,
    LookReview,
    RecoveryCode,
    RightsReport,
    SecondFactor,
    Switch,
)
from indgang.foundation.access.second_factor import factor_required
from indgang.foundation.access.values import (
    REFUSED,
    DisclosureCard,
    FactorCard,
    InstructionCard,
    LookLine,
    LookOutcome,
    LookPage,
    LookQuery,
    LookRuleCard,
    NearPair,
    ReasonCount,
    ReportRow,
    ReviewCard,
    RightsReportCard,
    Role,
    SwitchCard,
    UnusualLook,
    Viewer,
)

LOG = "accesslog"
MOST_EXPORTED = 100_000


def looks(viewer: Viewer, query: LookQuery, *, cursor: str = "", limit: int = 50) -> LookPage:
    """The access log, newest first; `cursor` is the id of the last row of the page before."""
    _require_reader(viewer)
    rows = _asked(query)
    if cursor:
        last = Look.objects.using(LOG).filter(pk=_uuid(cursor)).first()
        if last is None:
            raise NotFound
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    found = [look_line(row) for row in rows[: limit + 1]]
    return LookPage(found[:limit], str(found[limit - 1].id) if len(found) > limit else "")


def all_looks(viewer: Viewer, query: LookQuery) -> Iterator[LookLine]:
    """The same without pages, for taking it out; at most a hundred thousand."""
    _require_reader(viewer)
    return (look_line(row) for row in _asked(query)[:MOST_EXPORTED].iterator(1_000))


def count_looks(viewer: Viewer, query: LookQuery) -> int:
    """How many there are."""
    _require_reader(viewer)
    return _asked(query).count()


def look_line(row: Look) -> LookLine:
    """A look as readers get it."""
    return LookLine(row.id, row.at, row.actor, row.citizen, row.kind, row.purpose, row.source, row.outcome)


def refused_looks(viewer: Viewer, since: datetime, until: datetime) -> list[ReasonCount]:
    """How often each employee was refused in the period, most first."""
    _require_reader(viewer)
    rows = Look.objects.using(LOG).filter(at__gte=since, at__lt=until, outcome=LookOutcome.REFUSED)
    counted = rows.values_list("actor").annotate(looks=Count("id")).order_by("-looks", "actor")
    return [ReasonCount(actor, REFUSED, looks) for actor, looks in counted if actor.startswith("employee:")]


def reviews(viewer: Viewer, since: datetime, until: datetime) -> list[ReviewCard]:
    """Reviews that touch the period, newest first."""
    _require_reader(viewer)
    rows = LookReview.objects.filter(since__lt=until, until__gt=since).order_by("-reviewed_at", "-pk")
    return [
        ReviewCard(
            row.pk,
            row.actor,
            row.reason,
            row.since,
            row.until,
            row.looks,
            row.note,
            row.reviewed_by,
            row.reviewed_at,
        )
        for row in rows[:500]
    ]


def unusual_looks(
    viewer: Viewer, since: datetime, until: datetime, *, actor: str = "", rule: str = ""
) -> list[UnusualLook]:
    """What the rules find in the period."""
    _require_reader(viewer)
    return unusual.unusual_looks(since, until, actor=actor, rule=rule)


def near_looks(
    viewer: Viewer, since: datetime, until: datetime, pairs: Iterable[NearPair], *, actor: str = "", rule: str = ""
) -> list[UnusualLook]:
    """Looks at people near the employee; who is near whom is not known here, so the pairs are handed in."""
    _require_reader(viewer)
    return unusual.near_looks(since, until, pairs, actor=actor, rule=rule)


def look_rules(viewer: Viewer) -> list[LookRuleCard]:
    """The rules for unusual looks with their figures."""
    _require_reader(viewer)
    return unusual.look_rules()


def rights_reports(viewer: Viewer, limit: int = 100) -> list[RightsReportCard]:
    """What new levels did to the rights, newest first."""
    _require_reader(viewer)
    return [_report(row) for row in RightsReport.objects.order_by("-at", "-pk")[:limit]]


def unseen_reports(viewer: Viewer) -> int:
    """How many reports nobody has read."""
    _require_reader(viewer)
    return RightsReport.objects.filter(seen_at=None).count()


def instructions(viewer: Viewer) -> list[InstructionCard]:
    """Every version of the security instruction, newest first, and how many have accepted it."""
    _require_reader(viewer)
    counted = dict(Acceptance.objects.values_list("instruction").annotate(count=Count("id")))
    return [
        InstructionCard(row.number, row.text, row.text_en, row.published_at, row.published_by, counted.get(row.pk, 0))
        for row in Instruction.objects.order_by("-number")
    ]


def accepted_accounts(viewer: Viewer, number: int) -> frozenset[int]:
    """Who has accepted that version."""
    _require_reader(viewer)
    return frozenset(Acceptance.objects.filter(instruction__number=number).values_list("account_id", flat=True))


def switch_history(viewer: Viewer) -> list[SwitchCard]:
    """Every dated setting of the municipality's rules, newest first."""
    _require_reader(viewer)
    return [
        SwitchCard(row.pk, row.code, row.on, tuple(row.tasks), row.valid_from, row.set_by)
        for row in Switch.objects.order_by("-valid_from", "-pk")[:100]
    ]


def switch_plan(code: str, at: datetime) -> list[SwitchCard]:
    """What is decided for later, in the order it comes; what was said last for a moment holds."""
    rows = Switch.objects.filter(code=code, valid_from__gt=at).order_by("valid_from", "-pk").distinct("valid_from")
    return [SwitchCard(row.pk, row.code, row.on, tuple(row.tasks), row.valid_from, row.set_by) for row in rows]


def factor(viewer: Viewer, account_id: int) -> FactorCard:
    """Whether an account logs in with two steps; for the security leader and the person."""
    if viewer.account != account_id:
        _require_reader(viewer)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    row = SecondFactor.objects.filter(account=account).first()
    left = RecoveryCode.objects.filter(account=account, used_at=None).count()
    return FactorCard(account_id, row.confirmed_at if row else None, left, factor_required(account))


def factor_roles(viewer: Viewer) -> tuple[frozenset[str], bool]:
    """The roles that log in with two steps, and whether invented accounts of a demo town do."""
    _require_reader(viewer)
    rows = list(FactorRule.objects.all())
    return frozenset(row.role for row in rows), any(row.demo_too for row in rows)


def disclosures_of(citizen: UUID, limit: int = 200) -> list[DisclosureCard]:
    """What was given to others about this citizen, newest first; the citizen may see it."""
    return [_disclosure(row) for row in Disclosure.objects.filter(citizen=citizen).order_by("-at")[:limit]]


def disclosures(viewer: Viewer, limit: int = 200) -> list[DisclosureCard]:
    """What was given to others, newest first."""
    _require_reader(viewer)
    return [_disclosure(row) for row in Disclosure.objects.order_by("-at")[:limit]]


def _asked(query: LookQuery) -> QuerySet[Look]:
    rows = Look.objects.using(LOG).order_by("-at", "-id")
    wanted: dict[str, object] = {
        "actor": query.actor,
        "citizen": query.citizen,
        "outcome": query.outcome,
        "purpose__startswith": query.purpose,
        "at__gte": query.since,
        "at__lt": query.until,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _report(row: RightsReport) -> RightsReportCard:
    lines = tuple(ReportRow(line["account"], line["before"], line["after"]) for line in row.rows)
    return RightsReportCard(row.pk, row.at, row.task, row.old, row.new, lines, row.seen_by, row.seen_at)


def _disclosure(row: Disclosure) -> DisclosureCard:
    return DisclosureCard(row.id, row.at, row.citizen, row.task, row.receiver, row.ground, tuple(row.fields), row.actor)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _require_reader(viewer: Viewer) -> None:
    if not (viewer.is_process or viewer.has_role(Role.SECURITY_LEADER)):
        raise NotFound
