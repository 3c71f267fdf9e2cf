"""What stopped and waits for a person, from every part of the house, each with what one can do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, ngettext

from indgang.core.contacts import selectors as contacts
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import NoticeKind
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import ItemRow
from indgang.desks.administration.changes import actor_names
from indgang.desks.administration.coverage import covers
from indgang.desks.administration.loose_ties import open_ties
from indgang.desks.administration.menu import EDITORS, LEADERS, OPERATORS, SECURITY
from indgang.entrances.mail import selectors as mail
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.selectors import ParcelRow
from indgang.foundation.journal.values import OutboxState
from indgang.foundation.runtime import clock

SOON = 30  # days in which a right that ends is shown
LEAST = 2


@dataclass(frozen=True)
class Row:
    """One thing to do."""

    title: str
    detail: str
    since: datetime | None
    link: str = ""
    link_text: str = ""
    parcel: int = 0  # can be retried and withdrawn
    notice: int = 0  # can be marked as dealt with
    tie: UUID | None = None  # can be marked as looked at
    urgent: bool = False


@dataclass(frozen=True)
class Kind:
    """Things of one kind."""

    code: str
    title: str
    does: str
    rows: list[Row]

    @property
    def urgent(self) -> int:
        """How many a person must act on now."""
        return sum(row.urgent for row in self.rows)


def everything(viewer: Viewer, at: datetime) -> list[Kind]:
    """Every kind this employee deals with, also those with nothing in them."""
    return [
        Kind(code, title, does, read(viewer, at))
        for code, roles, title, does, read in _sources()
        if viewer.has_role(*roles)
    ]


def count(kinds: list[Kind]) -> int:
    """All things to do."""
    return sum(len(kind.rows) for kind in kinds)


Source = tuple[str, frozenset[str], str, str, Callable[[Viewer, datetime], list[Row]]]


def _sources() -> list[Source]:
    return [
        (
            "forsendelser",
            OPERATORS | LEADERS,
            gettext("Forsendelser, der gik i stå"),
            gettext("Svar og breve, som ikke kunne afleveres. Ret årsagen og prøv igen, eller træk dem tilbage."),
            _parcels,
        ),
        (
            "mails",
            OPERATORS | EDITORS | LEADERS,
            gettext("Mails, der ikke kunne læses"),
            gettext("De er gemt, som de kom. Åbn posten for at hente dem, prøve igen eller lægge dem væk."),
            _mails,
        ),
        (
            "fastlaast",
            LEADERS,
            gettext("Henvendelser, ingen kan tage"),
            gettext("De venter på en kompetence, som ingen har. Giv nogen den, eller flyt henvendelsen."),
            _stuck,
        ),
        (
            "forladt",
            LEADERS,
            gettext("Henvendelser hos en, der er væk"),
            gettext("De ligger i hænderne på en medarbejder, som er logget af eller ikke svarer."),
            _unattended,
        ),
        (
            "loefter",
            LEADERS,
            gettext("Løfter, der er brudt"),
            gettext("Borgeren fik at vide, hvem der ville svare hvornår, og det skete ikke."),
            _promises,
        ),
        (
            "klager",
            LEADERS,
            gettext("Forslag og klager over fristen"),
            gettext("Ingen har svaret på dem i tide."),
            _complaints,
        ),
        (
            "tilbage",
            LEADERS,
            gettext("Arbejde efter en, der er stoppet"),
            gettext("Det kom tilbage i køen, da medarbejderen fratrådte eller blev logget af. Det venter nu."),
            _returned,
        ),
        (
            "huller",
            LEADERS,
            gettext("Grupper med for få"),
            gettext("Færre end to kan svare på dem."),
            _gaps,
        ),
        (
            "medarbejdere",
            LEADERS,
            gettext("Medarbejdere"),
            gettext("Fratrådte, medarbejdere uden leder og kurser, der ikke gælder længere."),
            _notices,
        ),
        (
            "rettigheder",
            SECURITY,
            gettext("Rettigheder, der udløber"),
            gettext("De ender inden 30 dage."),
            _expiring,
        ),
        (
            "nyansatte",
            SECURITY,
            gettext("Nyansatte"),
            gettext("De er ansat af deres leder og mangler måske rettigheder."),
            _hired,
        ),
        (
            "tilknytning",
            SECURITY,
            gettext("Borgere valgt uden match"),
            gettext("Intet, skriveren har oplyst, passer på den borger, henvendelsen er knyttet til. Spørg, hvorfor."),
            _ties,
        ),
    ]


def _parcels(viewer: Viewer, at: datetime) -> list[Row]:
    gave_up = [_parcel(row, urgent=True) for row in journal.outbox(OutboxState.ATTENTION)]
    trying = [_parcel(row, urgent=False) for row in journal.outbox(OutboxState.WAITING) if row.attempts]
    return gave_up + trying


def _parcel(row: ParcelRow, *, urgent: bool) -> Row:
    names = {
        "mail": gettext("Mail"),
        "print": gettext("Brev"),
        "case_letter": gettext("Brev på en sag"),
        "case_notice": gettext("Mail om, at et brev kommer"),
    }
    tried = ngettext("prøvet {n} gang", "prøvet {n} gange", row.attempts).format(n=row.attempts)
    again = "" if urgent else gettext("prøves igen af sig selv")
    return Row(
        title=f"{names.get(row.transport, row.transport)} {row.id}",
        detail=", ".join(part for part in (row.error, tried, again) if part),
        since=row.created_at,
        parcel=row.id if urgent else 0,
        urgent=urgent,
    )


def _mails(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=row.sender or gettext("Ukendt afsender"),
            detail=row.error or row.state_name,
            since=row.received_at,
            link="/arbejdsplads/post",
            link_text=gettext("Åbn posten"),
            urgent=True,
        )
        for row in mail.attention(viewer, at)
    ]


def _stuck(viewer: Viewer, at: datetime) -> list[Row]:
    groups = dict(organisation.groups())
    return [
        Row(
            title=f"{found.item.reference}: {found.item.subject}",
            detail=found.sentence
            or gettext("Ingen kan {group} på niveau {level}.").format(
                group=groups.get(found.item.group, found.item.group), level=found.item.level
            ),
            since=found.item.due_at,
            link=f"/administration/kompetencer?enhed=&gruppe={found.item.group}",
            link_text=gettext("Se, hvem der kan gruppen"),
            urgent=found.item.overdue,
        )
        for found in routing.stuck(at)
    ]


def _unattended(viewer: Viewer, at: datetime) -> list[Row]:
    return [_left(row) for row in routing.unattended(at)]


def _left(row: ItemRow) -> Row:
    return Row(
        title=f"{row.reference}: {row.subject}",
        detail=gettext("Hos {name}").format(name=row.agent or gettext("ingen")),
        since=row.due_at,
        link="/ledelse",
        link_text=gettext("Åbn ledelse nu"),
        urgent=row.overdue,
    )


def _promises(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=row.reference,
            detail=gettext("{name} ville svare").format(name=row.to_text),
            since=row.by_when,
            link=f"/arbejdsplads/henvendelser/{row.contact}",
            link_text=gettext("Åbn henvendelsen"),
            urgent=True,
        )
        for row in contacts.promises_due(at)
    ]


def _complaints(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=f"{row.reference}: {row.kind_name}",
            detail=row.unit_name,
            since=row.follow_up_by,
            link="/arbejdsplads/forslag-og-klager",
            link_text=gettext("Åbn listen"),
            urgent=True,
        )
        for row in contacts.complaints(viewer, at=at).rows
        if row.overdue
    ]


def _returned(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=row.name,
            detail=ngettext("{n} henvendelse venter", "{n} henvendelser venter", row.waiting).format(n=row.waiting),
            since=None,
            link="/ledelse",
            link_text=gettext("Åbn ledelse nu"),
        )
        for row in routing.returned_work()
    ]


def _ties(viewer: Viewer, at: datetime) -> list[Row]:
    rows = open_ties()
    names, said = actor_names(row.by for row in rows), contacts.references_of(row.contact for row in rows)
    return [
        Row(
            title=names[row.by],
            detail=gettext("Henvendelse {number}").format(number=said.get(row.contact, "")),
            since=row.at,
            tie=row.id if row.by != viewer.name else None,
        )
        for row in rows
    ]


def _gaps(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=cover.name,
            detail=ngettext("{n} kan svare", "{n} kan svare", cover.people).format(n=cover.people),
            since=None,
            link=f"/administration/kompetencer?enhed=&gruppe={cover.group}",
            link_text=gettext("Se gruppen"),
            urgent=cover.people == 0,
        )
        for cover in covers(organisation.groups(), at, LEAST)
        if cover.is_gap
    ]


def _notices(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=row.name,
            detail=gettext(NoticeKind(row.kind).label),
            since=row.at,
            link=f"/administration/medarbejdere/{row.employee_id}",
            link_text=gettext("Åbn medarbejderen"),
            notice=row.id,
        )
        for row in organisation.notices(viewer, at)
    ]


def _hired(viewer: Viewer, at: datetime) -> list[Row]:
    return [
        Row(
            title=row.name,
            detail=gettext(NoticeKind(row.kind).label),
            since=row.at,
            link=f"/administration/rettigheder/medarbejdere/{row.employee_id}",
            link_text=gettext("Åbn rettigheder"),
            notice=row.id,
        )
        for row in organisation.notices(viewer, at)
        if row.kind == NoticeKind.HIRED
    ]


def _expiring(viewer: Viewer, at: datetime) -> list[Row]:
    accounts = {row.account: row for row in access.expiring(viewer, clock.local(at).date(), SOON)}
    names = {account: organisation.employee_of_account(account) for account in accounts}
    return [
        Row(
            title=card.name if (card := names[row.account]) else str(row.account),
            detail=gettext("{what}, niveau {level}, til {day}").format(
                what=row.task or row.group, level=row.level, day=f"{row.valid_to:%d.%m.%Y}" if row.valid_to else ""
            ),
            since=None,
            link="/administration/rettigheder",
            link_text=gettext("Åbn rettigheder"),
        )
        for row in access.expiring(viewer, clock.local(at).date(), SOON)
    ]
