"""Inviting a new employee: a link by mail, good once and for a while, with which the person chooses a password.

The link is made of the invitation's salt and the house's secret, so neither the database nor the outbox holds it.
"""

import secrets
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext, override

from indgang.core.organisation import errors
from indgang.core.organisation.duties import employee_row
from indgang.core.organisation.models import Employee, Invitation
from indgang.core.organisation.values import InvitationCard
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.errors import DeliveryRefused
from indgang.foundation.journal.values import Parcel
from indgang.foundation.registers import services as registers
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

TRANSPORT = "invitation"
GOOD_FOR = timedelta(days=3)


@transaction.atomic
def invite(*, employee_id: int, viewer: Viewer, at: datetime) -> Invitation:
    """Send the employee a link; one sent before opens nothing any more. Raises MailMissing, AlreadyLogsIn, NotFound."""
    row = employee_row(employee_id, viewer)
    if not row.mail:
        raise errors.MailMissing
    if row.account.has_usable_password():
        raise errors.AlreadyLogsIn(name=row.name)
    Invitation.objects.filter(employee=row, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    made = Invitation.objects.create(
        id=uuid7(at), employee=row, salt=secrets.token_urlsafe(32), sent_at=at, expires_at=at + GOOD_FOR
    )
    journal.record("organisation.invited", at=at, viewer_name=viewer.name, subject=row)
    journal.send(transport=TRANSPORT, key=str(made.pk), payload={"invitation": str(made.pk)}, subject=row, at=at)
    return made


@transaction.atomic
def accept_invitation(*, token: str, password: str, viewer: Viewer, at: datetime) -> Employee:
    """The invited person chooses the password: the link is used up, and the login opens.

    Raises InvitationGone, InvitationOfAnother, WeakPassword.
    """
    found = _open(token, viewer, at)
    made = Invitation.objects.select_for_update().get(pk=found.pk)
    if made.used_at is not None or made.withdrawn_at is not None:
        raise errors.InvitationGone
    row = made.employee
    access.set_password(account=row.account_id, password=password, viewer=access.SETUP, at=at)
    made.used_at = at
    made.save(update_fields=["used_at"])
    journal.record("organisation.invitation_accepted", at=at, viewer_name=f"employee:{row.pk}", subject=row)
    return row


def invited(token: str, viewer: Viewer, at: datetime) -> InvitationCard:
    """Whom a link is for; looking at it does not use it up (mail programs look too). Raises as accept_invitation."""
    return _card(_open(token, viewer, at))


def invitation_of(employee_id: int) -> InvitationCard | None:
    """The newest invitation of an employee."""
    made = Invitation.objects.select_related("employee__unit", "employee__account").filter(employee=employee_id)
    newest = made.order_by("-sent_at").first()
    return _card(newest) if newest else None


def deliver(parcel: Parcel) -> None:
    """Hand the invitation to the mail server; one that opens nothing any more is not sent."""
    rows = Invitation.objects.select_related("employee__account").filter(used_at=None, withdrawn_at=None)
    made = rows.filter(pk=UUID(str(parcel.payload["invitation"])), expires_at__gt=clock.now()).first()
    if made is None:
        raise DeliveryRefused("Invitationen gælder ikke mere.")
    try:
        raw = _mail(made).as_bytes()
    except ValueError as error:
        raise DeliveryRefused("Modtagerens mailadresse kan ikke bruges.") from error
    registers.deliver(raw, sender=settings.MUNICIPALITY_MAIL, recipients=[made.employee.mail])


def link_of(made: Invitation) -> str:
    """Where the invited person chooses a password."""
    return f"{settings.PUBLIC_URL}/velkommen/{_token(made)}"


def _mail(made: Invitation) -> EmailMessage:
    row, until = made.employee, clock.local(made.expires_at)
    mail = EmailMessage(policy=SMTP.clone(max_line_length=76))
    name, _, domain = settings.MUNICIPALITY_MAIL.rpartition("@")
    local, _, at_domain = row.mail.rpartition("@")
    with override("da" if "da" in row.languages else "en"):
        mail["From"] = Address(gettext("Kommunen"), name, domain)
        mail["To"] = Address("", local, at_domain)
        mail["Subject"] = gettext("Velkommen: vælg din adgangskode")
        text = gettext(
            "Hej {name}\n\nDu er oprettet som medarbejder med brugernavnet {username}. Vælg din adgangskode her:\n\n"
            "{link}\n\nLinket virker én gang og til og med {until}. Giv det ikke videre.\n"
        )
        said = text.format(
            name=row.name, username=row.account.username, link=link_of(made), until=until.strftime("%d.%m.%Y %H.%M")
        )
    mail["Date"] = format_datetime(clock.local(made.sent_at))
    mail["Message-ID"] = f"<{made.pk}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(said, cte="quoted-printable")
    return mail


def _open(token: str, viewer: Viewer, at: datetime) -> Invitation:
    key = token.partition("-")[0]
    try:
        number = UUID(hex=key)
    except ValueError:
        raise errors.InvitationGone from None
    made = Invitation.objects.select_related("employee__unit", "employee__account").filter(pk=number).first()
    if made is None or not constant_time_compare(_token(made), token):
        raise errors.InvitationGone
    over = made.used_at is not None or made.withdrawn_at is not None or made.expires_at <= at
    account = made.employee.account
    if over or not account.is_active or account.has_usable_password():  # a password given meanwhile stands
        raise errors.InvitationGone
    if viewer.account is not None and viewer.account != made.employee.account_id:
        raise errors.InvitationOfAnother
    return made


def _token(made: Invitation) -> str:
    mark = salted_hmac("indgang.organisation.invitation", f"{made.pk}{made.salt}", algorithm="sha256").hexdigest()
    return f"{made.pk.hex}-{mark}"


def _card(made: Invitation) -> InvitationCard:
    row = made.employee
    return InvitationCard(
        employee=row.pk,
        name=row.name,
        username=row.account.username,
        unit_name=row.unit.name,
        sent_at=made.sent_at,
        expires_at=made.expires_at,
        used=made.used_at is not None,
    )
