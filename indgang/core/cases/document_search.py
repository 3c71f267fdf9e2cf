"""Searching inside documents: one question to the database, with the right to the case in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.core.cases.document_excerpts import excerpts, stems_in
from indgang.core.cases.document_presenting import FoundDocument, author_names, document_row
from indgang.core.cases.document_values import DocumentHit, DocumentHits
from indgang.core.cases.errors import WrongCaseCursor
from indgang.core.cases.lists import LISTED
from indgang.core.cases.models import DocumentVersion
from indgang.core.cases.newest_hits import NONE_ABOVE, dividers, frequent_words
from indgang.core.cases.search_words import question
from indgang.core.cases.seeing import seen_by, statement
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Viewer

MOST = 100
# Words that such a share of all files has are soon met among the newest: the first of these parts. Others are looked
# for by the index of words: in the second part, in the third where many of the second have them, then anywhere.
COMMON, PARTS, MANY = 0.02, (2_000, 8_000, 50_000), 100
_AMONG = {False: "true", True: "v.document_id IN (SELECT id FROM cases_document WHERE case_id = %(case)s)"}
_COMMON = "array_to_tsvector(%(common)s::text[]) @@ to_tsquery('danish', %(words)s)"


def search_documents(
    viewer: Viewer, q: str, *, case: UUID | None = None, at: datetime, cursor: str = "", limit: int = 20
) -> DocumentHits:
    """Documents whose title or text has all these words, in the cases this viewer may see, newest first.

    Words are found in all their Danish forms, longer ones by how they begin; a piece of the text is shown around them.
    Everybody whose document is listed stands in the access log before this returns. Raises NotFound, WrongCaseCursor,
    LogUnavailable.
    """
    words, size = question(q), max(1, min(limit, MOST))
    facts = {"words": words, "case": case, "below": _last(cursor), "wanted": size + 1, **seen_by(viewer, at)}
    said, found = _told(facts) if words else ("", [])
    stems, shown = stems_in(said), found[:size]
    if not stems:
        return DocumentHits((), "", searched=False)
    _log_shown(viewer, shown, at)
    names, pieces = author_names(one.author for one in shown), excerpts((one.text for one in shown), stems)
    tasks, owners = catalogue.heads(one.task_id for one in shown), dict(organisation.administrations())
    rows = tuple(
        DocumentHit(
            document=document_row(one, one, names[one.author]),
            case=one.case_id,
            case_number=one.case_number,
            case_title=one.case_title,
            task_title=tasks[one.task_id].title,
            administration=one.administration_id,
            administration_name=owners[one.administration_id],
            excerpt=piece,
        )
        for one, piece in zip(shown, pieces, strict=True)
    )
    return DocumentHits(rows, str(shown[-1].file) if len(found) > size else "")


def _told(facts: dict[str, Any]) -> tuple[str, list[FoundDocument]]:
    """The words as the index has them, and the documents found."""
    one_case = facts["case"] is not None
    near, first, second = [NONE_ABOVE] * 3 if one_case else dividers(DocumentVersion, PARTS)
    common = frequent_words(DocumentVersion, "words", COMMON)
    parts = {"near": near, "first": first, "second": second, "many": MANY, "common": common}
    with connection.cursor() as cursor:
        cursor.execute(
            statement("search_documents").replace("{among}", _AMONG[one_case]).replace("{common}", _COMMON),
            facts | parts,
        )
        told = cursor.fetchall()
    return told[0][0], [FoundDocument._make(row[1:]) for row in told if row[1] is not None]


def _log_shown(viewer: Viewer, shown: Sequence[FoundDocument], at: datetime) -> None:
    """A look at everybody a piece of whose documents is shown; LogUnavailable: then nobody's is."""
    people = [one.person_id or one.case_id for one in shown]
    if people:
        access.open_many(viewer, citizens=people, kind="document_excerpt", purpose=LISTED, at=at)


def _last(cursor: str) -> UUID:
    """The last document of the page before; without one, above all there are."""
    if not cursor:
        return NONE_ABOVE
    try:
        key = UUID(cursor)
    except ValueError:
        raise WrongCaseCursor from None
    if not DocumentVersion.objects.filter(id=key).exists():
        raise WrongCaseCursor
    return key
