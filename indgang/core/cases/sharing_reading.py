"""What is shared on a case, for its page: questions, what went elsewhere, what happened, what was given."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from indgang.core.cases.disclosures import disclosure_rows
from indgang.core.cases.models import Forwarding
from indgang.core.cases.notices import notice_rows
from indgang.core.cases.opinions import opinion_rows
from indgang.core.cases.parts import rows_of
from indgang.core.cases.rights import case_of, may_see
from indgang.core.cases.sharing_checks import FOLLOWED
from indgang.core.cases.sharing_values import (
    ForwardingRow,
    ForwardKind,
    ForwardState,
    ForwardWay,
    MailState,
    SharedRows,
)
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer


def shared_of(viewer: Viewer, case_id: UUID, at: datetime) -> SharedRows:
    """Part of a case that was opened with `case`, which logs the look. Missing and forbidden alike: NotFound."""
    case = case_of(case_id)
    if case is None or not may_see(viewer, case_id, at):
        raise NotFound
    sent = rows_of(case.id, Forwarding, lambda: Forwarding.objects.filter(case=case).order_by("-id"))
    return SharedRows(
        opinions=opinion_rows(viewer, case, at),
        forwardings=tuple(forwarding_row(row, at) for row in sent),
        notices=notice_rows(viewer, case, at),
        disclosures=disclosure_rows(case),
    )


def forwarding_row(row: Forwarding, at: datetime) -> ForwardingRow:
    """What went to another authority, as pages show it."""
    return ForwardingRow(
        id=row.id,
        authority=row.authority,
        kind=row.kind,
        kind_name=gettext(ForwardKind(row.kind).label),
        way=row.way,
        way_name=gettext(ForwardWay(row.way).label) if row.way else "",
        what=row.what,
        to_mail=row.to_mail,
        mail_state=row.mail_state,
        mail_state_name=gettext(MailState(row.mail_state).label) if row.mail_state else "",
        reference=row.reference,
        state=row.state,
        state_name=gettext(ForwardState(row.state).label),
        received_at=row.received_at,
        sent_at=row.sent_at,
        expected_by=row.expected_by,
        answered_at=row.answered_at,
        answer=row.answer,
        disclosed=tuple(row.disclosed),
        letter=row.letter,
        means=row.means,
        overdue=row.state in FOLLOWED and row.expected_by is not None and row.expected_by < at,
        version=row.version,
    )
