"""Accounts, rights, switches and keys: each service works, refuses, and leaves its event."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest

from indgang.foundation.access import api, errors, selectors, services, viewers
from indgang.foundation.access.models import Account, ApiKey, Authorisation, Look, RightsReport
from indgang.foundation.access.testing import make_account, make_authorisation, recorded
from indgang.foundation.access.values import PUBLIC, Actor, LookRuleCard, Right, Viewer, program

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 3)
BEFORE, AFTER = AT - timedelta(days=1), AT + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hash(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def staff(account: Account | None, *roles: str) -> Viewer:
    number = account.pk if account else 0
    return Viewer(
        kind="staff", name="employee:1", actor=Actor(number, 1, 1, "ØKF", frozenset(roles), (), {}), account=number
    )


LEADER = staff(None, "security_leader")


@dataclass(frozen=True)
class Case:
    """One service: how it works, what the rules refuse, and the event it leaves."""

    verb: str
    works: Callable[[Account, Viewer], Any]
    refused_by_rule: Callable[[Account], Any] | None  # None: no rule but who may
    refusal: type[Exception]


def right(account: Account, valid_to: date | None = None) -> int:
    return make_authorisation(account, group="moving", valid_to=valid_to).pk


def report() -> int:
    return RightsReport.objects.create(at=AT, task="T-001", old=2, new=1).pk


def looked(account: Account) -> str:
    actor = f"employee:{account.pk}"
    facts = {"at": AT, "actor": actor, "citizen": uuid4(), "kind": "person", "outcome": "shown"}
    Look.objects.using("accesslog").create(id=uuid4(), purpose="reason:supervision", **facts)
    return actor


def key(account: Account) -> int:
    return ApiKey.objects.create(kind="personal", name="x", digest=str(account.pk), account=account, created_at=AT).pk


CASES = {
    "create_account": Case(
        "access.account_created",
        lambda a, v: services.create_account("ny", "et-langt-kodeord-7", ["agent"], AT, viewer=v),
        lambda a: services.create_account(a.username, "et-langt-kodeord-7", ["agent"], AT, viewer=LEADER),
        errors.UsernameTaken,
    ),
    "set_roles": Case(
        "access.roles_set",
        lambda a, v: services.set_roles(account=a, roles=["clerk"], viewer=v, at=AT),
        lambda a: services.set_roles(account=a, roles=["job_centre", "benefit_office"], viewer=LEADER, at=AT),
        errors.ExclusiveRoles,
    ),
    "link_citizen": Case(
        "access.citizen_linked",
        lambda a, v: services.link_citizen(account=a, citizen=UUID(int=7), viewer=v, at=AT),
        lambda a: services.link_citizen(account=0, citizen=UUID(int=7), viewer=LEADER, at=AT),
        errors.NotFound,
    ),
    "set_password": Case(
        "access.password_set",
        lambda a, v: services.set_password(account=a, password="et-langt-kodeord-7", viewer=v, at=AT),
        lambda a: services.set_password(account=a, password="kort", viewer=LEADER, at=AT),
        errors.WeakPassword,
    ),
    "deactivate": Case(
        "access.account_deactivated",
        lambda a, v: services.deactivate(account=a, viewer=v, at=AT),
        lambda a: services.deactivate(account=0, viewer=LEADER, at=AT),
        errors.NotFound,
    ),
    "grant": Case(
        "access.granted",
        lambda a, v: services.grant(account=a, group="moving", level=2, valid_from=DAY, viewer=v, at=AT),
        lambda a: services.grant(account=a, group="moving", level=4, valid_from=DAY, viewer=LEADER, at=AT),
        errors.BadAuthorisation,
    ),
    "withdraw": Case(
        "access.withdrawn",
        lambda a, v: services.withdraw(authorisation_id=right(a), last_day=DAY, viewer=v, at=AT),
        lambda a: services.withdraw(authorisation_id=0, last_day=DAY, viewer=LEADER, at=AT),
        errors.NotFound,
    ),
    "grant_many": Case(
        "access.granted",
        lambda a, v: services.grant_many(accounts=[a.pk], groups=["moving"], level=2, valid_from=DAY, viewer=v, at=AT),
        lambda a: services.grant_many(accounts=[], groups=["moving"], level=2, valid_from=DAY, viewer=LEADER, at=AT),
        errors.NothingChosen,
    ),
    "revoke": Case(
        "access.revoked",
        lambda a, v: services.revoke(authorisation_id=right(a), viewer=v, at=AT),
        lambda a: services.revoke(authorisation_id=0, viewer=LEADER, at=AT),
        errors.NotFound,
    ),
    "renew": Case(
        "access.renewed",
        lambda a, v: services.renew(
            authorisation_ids=[right(a, DAY)], valid_to=DAY + timedelta(days=9), viewer=v, at=AT
        ),
        lambda a: services.renew(authorisation_ids=[right(a)], valid_to=DAY, viewer=LEADER, at=AT),
        errors.BadPeriod,
    ),
    "mark_report_seen": Case(
        "access.report_seen",
        lambda a, v: services.mark_report_seen(report_id=report(), viewer=v, at=AT),
        lambda a: services.mark_report_seen(report_id=0, viewer=LEADER, at=AT),
        errors.NotFound,
    ),
    "end_sessions": Case(
        "access.sessions_ended",
        lambda a, v: services.end_sessions(account=a, viewer=v, at=AT),
        lambda a: services.end_sessions(account=0, viewer=LEADER, at=AT),
        errors.NotFound,
    ),
    "publish_instruction": Case(
        "access.instruction_published",
        lambda a, v: services.publish_instruction(text="Læs. " * 50, text_en="Read. " * 50, after=0, viewer=v, at=AT),
        lambda a: services.publish_instruction(text="Kort", text_en="Short", after=0, viewer=LEADER, at=AT),
        errors.BadInstruction,
    ),
    "review_looks": Case(
        "access.looks_reviewed",
        lambda a, v: services.review_looks(
            actor=looked(a), reason="supervision", since=BEFORE, until=AFTER, note="I orden", viewer=v, at=AT
        ),
        lambda a: services.review_looks(
            actor=looked(a), reason="supervision", since=BEFORE, until=AFTER, note=" ", viewer=LEADER, at=AT
        ),
        errors.NoteMissing,
    ),
    "set_look_rule": Case(
        "access.look_rule_set",
        lambda a, v: services.set_look_rule(rule=LookRuleCard("refused", True, 9), viewer=v, at=AT),
        lambda a: services.set_look_rule(rule=LookRuleCard("refused", True, 0), viewer=LEADER, at=AT),
        errors.BadLookRule,
    ),
    "record_export": Case(
        "access.looks_exported",
        lambda a, v: services.record_export(rows=7, asked=["actor"], viewer=v, at=AT),
        None,
        errors.NotFound,
    ),
    "set_factor_roles": Case(
        "access.factor_roles_set",
        lambda a, v: services.set_factor_roles(roles=["operator"], demo_too=False, viewer=v, at=AT),
        lambda a: services.set_factor_roles(roles=["konge"], demo_too=False, viewer=LEADER, at=AT),
        errors.UnknownRole,
    ),
    "set_switch": Case(
        "access.switch_set",
        lambda a, v: services.set_switch("dispensation", False, v, AT),
        lambda a: services.set_switch("noget-andet", False, LEADER, AT),
        errors.UnknownSwitch,
    ),
    "make_key": Case(
        "access.key_made",
        lambda a, v: services.make_key("system", "kiosk", None, AT, viewer=v),
        lambda a: services.make_key("personal", "kiosk", None, AT, viewer=LEADER),
        errors.NotFound,
    ),
    "revoke_key": Case(
        "access.key_revoked",
        lambda a, v: services.revoke_key(key_id=key(a), viewer=v, at=AT),
        lambda a: services.revoke_key(key_id=0, viewer=LEADER, at=AT),
        errors.NotFound,
    ),
}
each_service = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def events(verb: str) -> list[str]:
    return [actor for actor, _ in recorded(verb)]


@each_service
def test_it_works_and_leaves_its_event(case) -> None:
    case.works(make_account(), LEADER)
    assert events(case.verb) == ["employee:1"]


@each_service
def test_the_rules_refuse_it(case) -> None:
    if case.refused_by_rule is None:
        return
    with pytest.raises(case.refusal):
        case.refused_by_rule(make_account())
    assert events(case.verb) == []


@each_service
@pytest.mark.req("sec.area")
@pytest.mark.parametrize(
    "viewer",
    [PUBLIC, staff(None, "agent"), staff(None, "manager"), program("kiosk")],
    ids=["public", "agent", "manager", "program"],
)
def test_nobody_else_may(case, viewer) -> None:
    account = make_account()
    with pytest.raises(errors.NotFound):
        case.works(account, viewer)
    assert events(case.verb) == []


def test_every_service_that_changes_something_is_tested_here() -> None:
    elsewhere = {"open_for", "staff_login", "staff_logout", "forget_failures", "account_of", "build_viewer", "looks_at"}
    elsewhere |= {"accept_instruction", "begin_factor", "confirm_factor", "new_recovery_codes", "drop_factor"}
    elsewhere |= {"adjust_to_level", "common_login", "disclose", "open_many", "open_together", "tell"}
    elsewhere |= {"locked", "refuse_self", "require_leader", "require_account_keeper"}  # the rules themselves
    elsewhere |= {"register_purpose_verifier", "register_viewer_builder", "switch_is_on", "viewer_of_key"}
    elsewhere |= {"bring_instruction", "bring_roles"}
    known = {
        name
        for name, thing in vars(services).items()
        if getattr(thing, "__module__", "").startswith("indgang.foundation.access")
        and callable(thing)
        and not isinstance(thing, type)
        and name[0] != "_"
    }
    known -= {"system"}
    assert known - elsewhere == set(CASES)


def test_rights_hold_from_their_first_to_their_last_day() -> None:
    agnes = make_account()
    services.grant(
        account=agnes, task="T-076", level=2, valid_from=DAY, valid_to=DAY + timedelta(days=1), viewer=LEADER, at=AT
    )
    held = [selectors.rights_of([agnes.pk], DAY + timedelta(days=n)).get(agnes.pk, ()) for n in (-1, 0, 1, 2)]
    assert held == [(), (Right(2, task="T-076"),), (Right(2, task="T-076"),), ()]


def test_a_right_ends_but_its_history_stays() -> None:
    agnes = make_account()
    services.withdraw(authorisation_id=right(agnes), last_day=DAY - timedelta(days=1), viewer=LEADER, at=AT)
    assert selectors.rights_of([agnes.pk], DAY) == {}
    (card,) = selectors.authorisations(LEADER, agnes.pk)
    assert card.valid_to == DAY - timedelta(days=1)
    with pytest.raises(errors.NotFound):
        selectors.authorisations(staff(None, "agent"), agnes.pk)


def test_the_security_leader_gives_nothing_to_themselves() -> None:
    own = make_account(roles=["security_leader"])
    leader = staff(own, "security_leader")
    with pytest.raises(errors.OwnRights):
        services.grant(account=own, group="moving", level=3, valid_from=DAY, viewer=leader, at=AT)
    with pytest.raises(errors.OwnRights):
        services.set_roles(account=own, roles=["executive"], viewer=leader, at=AT)
    assert not Authorisation.objects.exists()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"level": 0, "group": "moving"}, errors.BadAuthorisation),
        ({"level": 1}, errors.BadAuthorisation),
        ({"level": 1, "group": "moving", "task": "T-076"}, errors.BadAuthorisation),
        ({"level": 1, "group": "moving", "valid_to": date(2026, 3, 2)}, errors.BadPeriod),
    ],
)
def test_a_right_that_makes_no_sense_is_refused(facts, refusal) -> None:
    with pytest.raises(refusal):
        services.grant(account=make_account(), valid_from=DAY, viewer=LEADER, at=AT, **facts)


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(errors.UnknownRole):
        services.create_account("ny", "et-langt-kodeord-7", ["konge"], AT)


@pytest.mark.req("law.disp.new")
def test_the_dispensation_is_on_until_somebody_turns_it_off_and_the_past_keeps_what_held() -> None:
    assert services.switch_is_on("dispensation", AT)
    services.set_switch("dispensation", False, LEADER, AT)
    assert not services.switch_is_on("dispensation", AT)
    assert services.switch_is_on("dispensation", AT - timedelta(seconds=1))
    services.set_switch("dispensation", True, LEADER, AT + timedelta(days=1))
    assert services.switch_is_on("dispensation", AT + timedelta(days=2))
    assert not services.switch_is_on("findes-ikke", AT)


# Keys


def test_a_key_is_stored_as_its_hash_only_and_opens_until_it_is_revoked() -> None:
    agnes = make_account()
    plain = services.make_key("personal", "bærbar", agnes, AT)
    row = ApiKey.objects.get()
    assert plain not in (row.digest, row.name) and len(row.digest) == 64
    assert services.viewer_of_key(plain) == (agnes.pk, "bærbar")
    services.revoke_key(key_id=row.pk, viewer=staff(agnes, "agent"), at=AT)
    assert services.viewer_of_key(plain) is None and services.viewer_of_key("") is None


def test_keys_of_a_closed_account_open_nothing() -> None:
    agnes = make_account()
    plain = services.make_key("personal", "bærbar", agnes, AT)
    services.deactivate(account=agnes, viewer=LEADER, at=AT)
    assert services.viewer_of_key(plain) is None


def test_nobody_makes_or_revokes_a_key_for_another() -> None:
    agnes, other = make_account(), make_account("bo")
    assert services.make_key("personal", "bærbar", agnes, AT, viewer=staff(agnes, "agent"))
    with pytest.raises(errors.NotFound):
        services.make_key("personal", "bærbar", agnes, AT, viewer=staff(other, "agent"))
    with pytest.raises(errors.NotFound):
        services.revoke_key(key_id=ApiKey.objects.get().pk, viewer=staff(other, "agent"), at=AT)


def test_a_bearer_becomes_the_viewer_behind_the_key(monkeypatch) -> None:
    agnes = make_account()
    monkeypatch.setattr(viewers, "_builders", {})
    services.register_viewer_builder(lambda account, at: staff(agnes, "agent") if account == agnes.pk else None)
    personal, system_key = services.make_key("personal", "x", agnes, AT), services.make_key("system", "kiosk", None, AT)
    request = HttpRequest()
    assert api.bearer.authenticate(request, personal) == request.viewer == staff(agnes, "agent")
    assert api.bearer.authenticate(request, system_key) == request.viewer == program("kiosk")
    assert api.personal_bearer.authenticate(HttpRequest(), system_key) is None
    assert api.bearer.authenticate(HttpRequest(), "indgang_gæt") is None


def test_demo_accounts_share_the_work_of_hashing_and_weak_passwords_are_refused_elsewhere() -> None:
    first = services.create_account("a", "demo", ["agent"], AT, demo=True)
    second = services.create_account("b", "demo", ["agent"], AT, demo=True)
    assert first.password == second.password and first.check_password("demo")
    assert not services.create_account("c", None, ["agent"], AT).has_usable_password()
    with pytest.raises(errors.WeakPassword):
        services.create_account("d", "demo", ["agent"], AT)
    assert recorded("access.account_created")[0] == ("system:setup", {"roles": ["agent"], "demo": True})
