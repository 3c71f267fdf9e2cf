"""Rights given and roles held as settings: what they were and became is kept, and it can be put back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.desks.administration import changes
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.rights_words import role_words
from indgang.desks.administration.wording import day_text
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.values import AuthorisationCard, GrantLine, Viewer, system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembered

RIGHT, ROLES = "right", "roles"
_READER = system("administration")
Row = dict[str, Any]  # {"level", "from", "to"}: a right on the subject's task or group
Rows = list[Row]


def subject_of(card: AuthorisationCard | GrantLine) -> str:
    """ "17:task:T-076": an account and a task or group."""
    return f"{card.account}:task:{card.task}" if card.task else f"{card.account}:group:{card.group}"


def right_value(subject: str, at: datetime) -> Rows:
    """The rights that hold now or later, the first to begin first."""
    return [_row(card.level, card.valid_from, card.valid_to) for card in _cards(subject, at)]


def given(lines: Iterable[GrantLine], at: datetime) -> list[changes.Edit]:
    """What a grant comes to, line by line."""
    edits = []
    for line in lines:
        if line.gives:
            subject = subject_of(line)
            new = _row(line.level, line.valid_from, line.valid_to)
            edits.append(changes.Edit(RIGHT, subject, [*_kept(subject, set(line.merges), at), new]))
    return edits


def without(card: AuthorisationCard, at: datetime) -> changes.Edit:
    """That right taken back."""
    subject = subject_of(card)
    return changes.Edit(RIGHT, subject, _kept(subject, {card.id}, at))


def until(
    cards: Iterable[AuthorisationCard], last_day: date, at: datetime, *, longer: bool = False
) -> list[changes.Edit]:
    """These rights with another last day; `longer`: those that hold longer anyway are left as they are."""
    by_subject: dict[str, list[AuthorisationCard]] = {}
    for card in cards:
        if not (longer and (card.valid_to is None or card.valid_to >= last_day)):
            by_subject.setdefault(subject_of(card), []).append(card)
    edits = []
    for subject, mine in by_subject.items():
        new = [_row(card.level, card.valid_from, last_day) for card in mine]
        edits.append(changes.Edit(RIGHT, subject, [*_kept(subject, {card.id for card in mine}, at), *new]))
    return edits


def _kept(subject: str, gone: set[int], at: datetime) -> Rows:
    rows = [card for card in _cards(subject, at) if card.id not in gone]
    return [_row(card.level, card.valid_from, card.valid_to) for card in rows]


def _row(level: int, first: date, last: date | None) -> Row:
    return {"level": level, "from": first.isoformat(), "to": last.isoformat() if last else None}


def _cards(subject: str, at: datetime) -> list[AuthorisationCard]:
    account, kind, code = subject.split(":")
    return access.held_rights(_READER, int(account), clock.local(at).date(), **{kind: code})


def _apply_right(subject: str, value: Rows, viewer: Viewer, at: datetime) -> None:
    """Bring what stands to the value: another last day where that is all, else taken back and given, from today on."""
    missing, unwanted = list(value), []
    for card in _cards(subject, at):
        row = _row(card.level, card.valid_from, card.valid_to)
        if row in missing:
            missing.remove(row)
        else:
            unwanted.append(card)
    for card in unwanted:
        same = next((row for row in missing if _same_start(row, card)), None)
        if same is not None and _other_end(card, same["to"], viewer, at):
            missing.remove(same)
        elif same is None or not _longer(same, card):
            services.revoke(authorisation_id=card.id, viewer=viewer, at=at)
    for row in missing:
        _give(subject, row, viewer, at)


def _give(subject: str, row: Row, viewer: Viewer, at: datetime) -> None:
    account, kind, code = subject.split(":")
    today, last = clock.local(at).date(), date.fromisoformat(row["to"]) if row["to"] else None
    if last is None or last >= today:
        services.grant(
            account=int(account),
            level=row["level"],
            valid_from=max(today, date.fromisoformat(row["from"])),
            valid_to=last,
            viewer=viewer,
            at=at,
            **{kind: code},
        )


def _same_start(row: Row, card: AuthorisationCard) -> bool:
    return (row["level"], row["from"]) == (card.level, card.valid_from.isoformat())


def _longer(row: Row, card: AuthorisationCard) -> bool:
    """Whether giving the row merges with what stands."""
    return bool(card.valid_to and (row["to"] is None or row["to"] >= card.valid_to.isoformat()))


def _other_end(card: AuthorisationCard, to: str | None, viewer: Viewer, at: datetime) -> bool:
    if to is None:
        return False
    last = date.fromisoformat(to)
    if card.valid_to is None or last < card.valid_to:
        services.withdraw(authorisation_id=card.id, last_day=last, viewer=viewer, at=at)
    else:
        services.renew(authorisation_ids=[card.id], valid_to=last, viewer=viewer, at=at)
    return True


def _right_name(subject: str) -> str:
    account, kind, code = subject.split(":")
    head = catalogue.heads([code]).get(code) if kind == "task" else None
    title = f"{code} {head.title}" if head else dict(organisation.groups()).get(code, code)
    return f"{_person(account)}: {title}"


def _right_lines(value: Rows) -> list[str]:
    if not value:
        return [gettext("Ingen ret")]
    return [gettext("Niveau {level} {period}").format(level=row["level"], period=_period(row)) for row in value]


def _period(row: Row) -> str:
    if row["to"]:
        return gettext("fra {first} til og med {last}").format(first=day_text(row["from"]), last=day_text(row["to"]))
    return gettext("fra {first}").format(first=day_text(row["from"]))


def _read_roles(subject: str, at: datetime) -> dict[str, Any] | None:
    held = access.held_roles(_READER, int(subject))
    return {"roles": list(held.roles), "by_hand": held.by_hand} if held else None


def _apply_roles(subject: str, value: dict[str, Any], viewer: Viewer, at: datetime) -> None:
    services.set_roles(account=int(subject), roles=value["roles"], viewer=viewer, at=at, by_hand=value["by_hand"])


def _role_lines(value: dict[str, Any]) -> list[str]:
    return role_words(value["roles"]) or [gettext("Ingen roller")]


def _person(account: str) -> str:
    row = _staff(int(account))
    return row.name if row else gettext("En medarbejder, der er rejst")


def _path(subject: str) -> str:
    row = _staff(int(subject.partition(":")[0]))
    return f"/administration/rettigheder/medarbejdere/{row.employee}" if row else ""


@remembered
def _staff(account: int) -> organisation.StaffRow | None:
    return next(iter(organisation.staff(clock.now(), accounts={account})), None)


changes.register(
    changes.Setting(
        code=RIGHT,
        title=_("Rettighed"),
        roles=SECURITY,
        read=right_value,
        apply=_apply_right,
        name=_right_name,
        lines=_right_lines,
        path=_path,
    )
)
changes.register(
    changes.Setting(
        code=ROLES,
        title=_("Roller"),
        roles=SECURITY,
        read=_read_roles,
        apply=_apply_roles,
        name=_person,
        lines=_role_lines,
        path=_path,
    )
)
