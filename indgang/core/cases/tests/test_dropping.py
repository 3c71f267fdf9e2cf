"""A draft document is thrown away; what is final, came in or went out stays."""

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.errors import GroundMissing, NotDraftDocument, NotYourCase, StaleDocument
from indgang.core.cases.models import AccessItem, AccessRequest, Document, DocumentVersion
from indgang.core.cases.testing import entries_of, make_case
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, filippa, at):
    return make_case(unit=office, handler=filippa.pk, at=at)


@pytest.fixture
def me(filippa, seen_by, at):
    return seen_by(filippa, at)


def put(case, me, at, **facts):
    given = {"title": "Kladde til svar", "kind": "out", "name": "kladde.txt", "content": b"Kladde", **facts}
    return services.add_document(case_id=case.id, viewer=me, at=at, **given)


def drop(row, viewer, at, **facts):
    given = {"ground": "Skrevet på den forkerte sag", "version": row.version, **facts}
    services.drop_document(document_id=row.id, viewer=viewer, at=at, **given)


def test_a_draft_goes_with_its_files_and_the_journal_says_why(case, me, at):
    row = put(case, me, at)
    drop(row, me, at)
    assert not Document.objects.exists() and not DocumentVersion.objects.exists()
    last = entries_of(case.id)[-1]
    assert (last.theme, last.body) == ("Kladden er smidt væk: Kladde til svar", "Skrevet på den forkerte sag")
    shown = selectors.entries_of(me, case.id, at=at).rows
    assert [one.document for one in shown] == [None] * len(shown)


def test_it_needs_a_reason_and_the_version_one_has_seen(case, me, at, guide, seen_by):
    row = put(case, me, at)
    with pytest.raises(GroundMissing):
        drop(row, me, at, ground=" ")
    with pytest.raises(StaleDocument):
        drop(row, me, at, version=row.version + 1)
    with pytest.raises(NotYourCase):
        drop(row, seen_by(guide, at), at)
    assert Document.objects.count() == 1


def test_what_is_final_came_in_or_is_asked_for_stays(case, me, at):
    came = put(case, me, at, kind="in")
    final = services.finalise(document_id=put(case, me, at).id, version=1, viewer=me, at=at)
    asked = put(case, me, at)
    request = AccessRequest.objects.create(
        id=uuid7(at), number="A", own_case=make_case(at=at), case=case, law="party", requester="Advokaten",
        received_at=at, due_at=at,
    )  # fmt: skip
    AccessItem.objects.create(
        request=request, order=1, kind="document", key=f"document:{asked.id}", case=case, document=asked.id,
        title="Kladde", proposed="full", choice="full",
    )  # fmt: skip
    for row, why in ((came, "kommet udefra"), (final, "endeligt"), (asked, "aktindsigt")):
        with pytest.raises(NotDraftDocument) as refused:
            drop(row, me, at)
        assert why in str(refused.value)
    assert Document.objects.count() == 3
