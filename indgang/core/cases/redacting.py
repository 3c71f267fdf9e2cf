"""An item of an access request and what is covered on it: proposals, boxes, words, and the new file that is given."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.access_errors import ItemGroundMissing, NotCoverable, WordTooShort
from indgang.core.cases.access_grounds import grounds, label
from indgang.core.cases.access_items import locked_item, opened_request, touched
from indgang.core.cases.access_others import found_others, whom_to_cover
from indgang.core.cases.access_presenting import item_rows, request_rows
from indgang.core.cases.access_sources import is_paged, make_pages, text_of_item
from indgang.core.cases.access_values import ItemPage, ProposedBox
from indgang.core.cases.document_errors import FileMissing, FileUnreadable
from indgang.core.cases.models import AccessItem, AccessRequest, Case
from indgang.core.cases.rights import may_see, may_work_on
from indgang.core.cases.values import AccessChoice, ItemKind
from indgang.core.cases.writing import line
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.errors import NothingToCover
from indgang.foundation.letters.values import Area, FileFacts, Hit, Redacted
from indgang.foundation.runtime import services as runtime

MOST_WORDS = 200
_LONGEST_WORD = 120
_SHORTEST = 2
_WIDEST = 2400


@dataclass(frozen=True)
class Covered:
    """A covered item, and what its caseworker should look at once more."""

    item: int
    pages: int
    elsewhere: tuple[Hit, ...]  # words under a box that stand open elsewhere in the file
    blind: tuple[int, ...]  # pages without words: look at them


def item_page(viewer: Viewer, item_id: int, at: datetime) -> ItemPage:
    """An item with its boxes and what may have to be covered, once the look is logged. NotFound as usual."""
    request, item = _opened(viewer, item_id, at)
    facts = _facts(item) if is_paged(item) else None
    boxes = boxes_of(item)
    proposals = _proposals(request, item, boxes) if facts is not None else ()
    return ItemPage(
        row=item_rows([item], viewer, at)[0],
        request=request_rows([request], at)[0],
        boxes=boxes,
        words=tuple((str(word), str(ground)) for word, ground in item.words),
        proposals=proposals,
        pages=(facts.pages or 1) if facts is not None else 0,
        blind=tuple(item.blind),
        grounds=grounds(request.law),
        text=text_of_item(item),
        may_work=may_work_on(viewer, request.own_case, at),
    )


def item_image(viewer: Viewer, item_id: int, page: int, width: int, *, covered: bool = False, at: datetime) -> bytes:
    """A page as a PNG, once the look is logged; `covered`: of the file that is given.

    Raises NotFound, FileUnreadable, UnknownPage, FileMissing.
    """
    _request, item = _opened(viewer, item_id, at)
    digest, media_type = (item.redacted, "application/pdf") if covered else (item.source, item.media_type)
    if not digest or not is_paged(item):
        raise FileUnreadable(name=item.name or item.title, why=gettext("Den har ingen sider."))
    try:
        with runtime.file_on_disk(digest) as path:
            return letters.render(
                path, name=item.name, media_type=media_type, page=page, width=min(width, _WIDEST), form="image/png"
            )
    except FileNotFoundError:
        raise FileMissing(name=item.name) from None


def cover_item(
    *,
    item_id: int,
    boxes: Sequence[Area],
    words: Sequence[tuple[str, str]] = (),
    ground: str,
    viewer: Viewer,
    at: datetime,
    version: int,
) -> Covered:
    """Make the file that is given: the boxes are burnt in, the words are covered wherever they stand, both are proved.

    `ground` is the rule of the item and of every box and word without one of its own. Nothing is kept when anything
    could still be read. Raises ItemGroundMissing, WordTooShort, NotCoverable, RequestStale, StillReadable,
    NothingToCover and what else letters say.
    """
    item, rule = _checked(item_id, ground, version, viewer, at)
    given = tuple(box if box.label else replace(box, label=label(rule)) for box in boxes)
    known = _words(words, rule)
    everywhere = tuple(box for word, why in known for box in _areas_of(item, word, label(why)))
    if not (given or everywhere):
        raise NothingToCover
    made, digest = _redacted(item, (*given, *everywhere), [word for word, _ in known])
    with transaction.atomic():
        own, request, item = locked_item(item_id, version=version, viewer=viewer, at=at)
        item.boxes = [[b.page, b.left, b.top, b.right, b.bottom, b.label] for b in given]
        item.words, item.blind = [[word, why] for word, why in known], list(made.blind)
        item.choice, item.ground, item.redacted = AccessChoice.REDACTED, rule, digest
        item.pages, item.version = made.pages, item.version + 1
        item.save()
        touched(request, own, viewer=viewer, at=at)
    return Covered(item.pk, made.pages, made.elsewhere, made.blind)


@transaction.atomic
def set_as_pages(*, item_id: int, viewer: Viewer, at: datetime, version: int | None = None) -> AccessItem:
    """The words of an item without pages as pages, so that they can be covered. Raises NotCoverable, RequestStale."""
    own, request, item = locked_item(item_id, version=version, viewer=viewer, at=at)
    if item.unreadable or not item.source or item.kind == ItemKind.APART:
        raise NotCoverable(title=item.title, remedy=gettext("Skriv, hvordan den er håndteret, eller undtag den."))
    if not is_paged(item):
        make_pages(item, own, at)
        item.version += 1
        item.save()
        touched(request, own, viewer=viewer, at=at)
    return item


def boxes_of(item: AccessItem) -> tuple[Area, ...]:
    """The boxes drawn by hand."""
    return tuple(
        Area(int(page), left, top, right, bottom, str(why)) for page, left, top, right, bottom, why in item.boxes
    )


def _opened(viewer: Viewer, item_id: int, at: datetime) -> tuple[AccessRequest, AccessItem]:
    """The item for who may see its request and its case; both looks are in the log."""
    item = AccessItem.objects.filter(pk=item_id).select_related("case", "request").first()
    if item is None:
        raise NotFound
    request = opened_request(item.request_id, viewer, at)
    case: Case | None = item.case
    if item.kind == ItemKind.APART:
        raise NotFound
    if case is not None:
        if not may_see(viewer, case.id, at):
            raise NotFound
        purpose = Purpose("case", request.number)
        access.open_for(viewer, citizen=case.person_id or case.id, kind="document", purpose=purpose, at=at)
    return request, item


def _facts(item: AccessItem) -> FileFacts:
    with _file_of(item) as path:
        return letters.inspect(path, name=item.name, claimed_type=item.media_type)


@contextmanager
def _file_of(item: AccessItem) -> Iterator[Path]:
    """Its pages as a file. Raises FileMissing."""
    try:
        with runtime.file_on_disk(item.source) as path:
            yield path
    except FileNotFoundError:
        raise FileMissing(name=item.name) from None


def _proposals(request: AccessRequest, item: AccessItem, boxes: Sequence[Area]) -> tuple[ProposedBox, ...]:
    hits = found_others(item.source, item.name, item.media_type, whom_to_cover(request, item.case))
    return tuple(
        ProposedBox(hit.kind, hit.text, hit.boxes, all(any(box.meets(own) for own in boxes) for box in hit.boxes))
        for hit in hits
    )


def _checked(item_id: int, ground: str, version: int, viewer: Viewer, at: datetime) -> tuple[AccessItem, str]:
    """What can be said before the file is made, which takes time; it is asked again when it is kept."""
    rule = line(ground, 200)
    with transaction.atomic():
        _own, _request, item = locked_item(item_id, version=version, viewer=viewer, at=at)
    if not rule:
        raise ItemGroundMissing(title=item.title)
    if not is_paged(item):
        raise NotCoverable(title=item.title, remedy=gettext("Lav ordene til sider først."))
    return item, rule


def _words(words: Sequence[tuple[str, str]], rule: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for text, why in words[:MOST_WORDS]:
        word = line(text, _LONGEST_WORD)
        if not word:
            continue
        if len(word) < _SHORTEST:
            raise WordTooShort(word=word)
        found[word] = line(why, 200) or rule
    return list(found.items())


def _areas_of(item: AccessItem, word: str, shown: str) -> list[Area]:
    with _file_of(item) as path:
        hits = letters.find(path, name=item.name, media_type=item.media_type, words=[word], patterns=())
    return [replace(box, label=shown) for hit in hits for box in hit.boxes]


def _redacted(item: AccessItem, boxes: Sequence[Area], words: Sequence[str]) -> tuple[Redacted, str]:
    """The new file, proved and kept."""
    with tempfile.TemporaryDirectory(dir=runtime.incoming_folder()) as aside:
        target = Path(aside) / "covered.pdf"
        with _file_of(item) as path:
            made = letters.redact(
                path, name=item.name, media_type=item.media_type, boxes=boxes, words=words, target=target,
                title=item.title,
            )  # fmt: skip
        return made, runtime.store_path(target).digest
