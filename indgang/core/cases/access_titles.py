"""How the lines of an answer are named to who asks: a title is read, too, also of what is covered or left out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from indgang.core.cases.access_errors import NotAllSeen
from indgang.core.cases.access_others import Whom, is_anothers, whom_to_cover
from indgang.core.cases.access_presenting import item_rows
from indgang.core.cases.access_values import AccessItemRow
from indgang.core.cases.models import AccessItem, AccessRequest
from indgang.core.cases.values import AccessChoice, ItemKind
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters import services as letters
from indgang.foundation.runtime import services as runtime

_PDF = "application/pdf"
_AROUND = ".,;:()\"'!?"
_TELLING = 3  # letters


def told_rows(
    request: AccessRequest, items: Sequence[AccessItem], viewer: Viewer, at: datetime
) -> tuple[AccessItemRow, ...]:
    """The lines as who asks hears of them; whoever may not see one of them tells of none. Raises NotAllSeen.

    What is given whole keeps its title. Else names of others, CPR numbers and what is covered are taken from it. Who is
    no party hears neither the titles of what they do not get nor where else there are cases. Of what is left out of
    another citizen's case nobody hears the title.
    """
    rows = item_rows(items, viewer, at)
    check_seen(rows)
    whom: dict[UUID | None, Whom] = {}
    told = []
    for item, row in zip(items, rows, strict=True):
        if item.kind == ItemKind.APART and not request.is_party:
            continue
        if item.kind != ItemKind.APART and item.case_id not in whom:
            whom[item.case_id] = whom_to_cover(request, item.case)
        told.append(replace(row, title=_told(request, item, row, whom.get(item.case_id))))
    return tuple(told)


def check_seen(rows: Iterable[AccessItemRow]) -> None:
    """Raises NotAllSeen."""
    if any(not row.open and row.kind != ItemKind.APART for row in rows):
        raise NotAllSeen


def _told(request: AccessRequest, item: AccessItem, row: AccessItemRow, whom: Whom | None) -> str:
    whole = item.choice == AccessChoice.FULL and not item.unreadable
    if whom is None or whole or item.kind == ItemKind.LOOKS:
        return item.title
    nothing_of_it = not request.is_party and _is_private(item)
    if item.choice == AccessChoice.REFUSED and (nothing_of_it or is_anothers(request, item.case)):
        return row.kind_name
    covered = [str(word) for word, _ground in item.words]
    title = letters.without(item.title, [*whom.words, *covered])
    return letters.without(title, _no_longer_said(item, title)).strip() or gettext("Uden titel")


def _is_private(item: AccessItem) -> bool:
    """Whether it is about a person: it lies on their case, or it is their contact."""
    return item.case is None or item.case.person_id is not None


def _no_longer_said(item: AccessItem, title: str) -> Iterable[str]:
    """Words of the title that stood in the file and do not any more: they lie under a box drawn by hand."""
    if item.choice != AccessChoice.REDACTED or not item.redacted:
        return ()
    words = {word.strip(_AROUND) for word in title.split()}
    telling = {word for word in words if len(word) >= _TELLING}
    before, left = _words_of(item.source, item), _words_of(item.redacted, item)
    return [word for word in telling if letters.holds_word(before, [word]) and not letters.holds_word(left, [word])]


def _words_of(digest: str, item: AccessItem) -> str:
    """What the file says; a picture says nothing that can be searched, and a file that is gone is named elsewhere."""
    media_type = _PDF if digest == item.redacted else item.media_type
    try:
        with runtime.file_on_disk(digest) as path:
            return letters.extract_text(path, name=item.name, media_type=media_type).text
    except FileNotFoundError:
        return ""
