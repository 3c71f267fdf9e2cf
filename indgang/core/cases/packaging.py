"""The answer to a request for access: one PDF with a list of contents, what lies apart, and the letter."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.access_errors import ItemsNotReady, NoPackage, NothingAsked, NotPrintable, RequestIncomplete
from indgang.core.cases.access_grounds import Outcome, outcome
from indgang.core.cases.access_items import opened_request
from indgang.core.cases.access_letters import answer_letter, given_words, scope_words
from indgang.core.cases.access_presenting import item_rows, lacking
from indgang.core.cases.access_requests import end_request, locked_request
from indgang.core.cases.access_sources import is_office
from indgang.core.cases.access_titles import check_seen, told_rows
from indgang.core.cases.access_values import AccessAnswer, AccessItemRow, PackageFile
from indgang.core.cases.document_errors import FileMissing
from indgang.core.cases.document_files import Known, TakenIn
from indgang.core.cases.documents import put_document
from indgang.core.cases.exporting import facts_of_person
from indgang.core.cases.handling import bring_forward
from indgang.core.cases.letter_making import Receiver, check_way, day_text, receiver_of
from indgang.core.cases.letter_posting import put_letter
from indgang.core.cases.models import AccessItem, AccessRequest, Case, CaseLetter, Decision
from indgang.core.cases.values import (
    AccessChoice,
    AccessLaw,
    AccessState,
    DecisionState,
    DocumentKind,
    EntryKind,
    ItemKind,
    LetterWay,
    PackingPart,
    Progress,
    Result,
    ScanState,
)
from indgang.core.cases.writing import clean, enter, line, locked_by_process, noted
from indgang.foundation.access import policy
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.errors import StillReadable
from indgang.foundation.letters.values import Enclosed
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.services import uuid7

PDF, JSON = "application/pdf", "application/json"
LANGUAGE = "da"
LARGEST_PRINTED = 40 * 1024 * 1024  # a letter is held in memory on its way to the printer
KIND = "access"
_NAMED = 5
Told = Callable[[PackingPart], None]


@dataclass(frozen=True)
class _Made:
    digest: str
    size: int
    pages: int
    files: list[dict[str, str]]


def make_package(
    *, request_id: UUID, viewer: Viewer, at: datetime, version: int, told: Told = lambda part: None
) -> AccessRequest:
    """Put together what is given, search it once more for what was covered, and keep it until the answer.

    It may take minutes: pages order it (`order_package`) and a job calls this; `told` hears how far it is. Raises
    ItemsNotReady naming what is not chosen yet, NothingAsked, StillReadable, RequestStale when a choice was changed
    meanwhile, RequestAnswered, FileMissing and what letters say.
    """
    request = opened_request(request_id, viewer, at)
    with transaction.atomic():
        locked_request(request_id, viewer=viewer, at=at, version=version)
    items = items_of(request)
    check_ready(items, viewer, at)
    made = _made(request, items, viewer, at, told) if _given(items) else _Made("", 0, 0, [])
    with transaction.atomic():
        own, request = locked_request(request_id, viewer=viewer, at=at, version=version)
        request.package, request.package_size, request.package_pages = made.digest, made.size, made.pages
        request.package_files, request.state, request.version = made.files, AccessState.PREPARED, request.version + 1
        request.packing_at, request.packing_part, request.packing_fault = None, "", ""
        request.save()
        noted(own, "case.access_packed", viewer=viewer, at=at, request=str(request.id), pages=made.pages)
    return request


def preview_answer(*, request_id: UUID, answer: AccessAnswer, viewer: Viewer, at: datetime) -> bytes:
    """The letter as it would be sent; nothing is stored. Raises as sending."""
    request = opened_request(request_id, viewer, at)
    receiver = receiver_of(request.own_case, None, answer.address or request.address, at)
    return _letter(request.own_case, request, answer, receiver, viewer, at)[2]


@transaction.atomic
def answer_access(
    *, request_id: UUID, answer: AccessAnswer, viewer: Viewer, at: datetime, version: int
) -> AccessRequest:
    """Send the answer: the letter and the package, by post or over the counter; a mail only says that they come.

    It is decided with it: the deadline is met, both cases have it in their journals, and one can complain over it.
    Two who answer at once: one wins. Raises NoPackage, RequestStale, RequestAnswered, RequestIncomplete, NotPrintable,
    FieldsMissing and what else letters say.
    """
    own, request = locked_request(request_id, viewer=viewer, at=at, version=version)
    if request.state != AccessState.PREPARED:
        raise NoPackage
    receiver = receiver_of(own, None, answer.address or request.address, at)
    way = check_way(answer.way, receiver)
    result, title, pdf = _letter(own, request, answer, receiver, viewer, at)
    letter = put_letter(own, kind=KIND, title=title, pdf=pdf, receivers=[receiver], way=way, subject_id=request.id,
                        language=LANGUAGE, viewer=viewer, at=at)  # fmt: skip
    if request.package:
        _hand_out(own, request, receiver, way, viewer, at)
    _decided(own, request, result, answer, letter, viewer, at)
    request.state, request.answered_at, request.version = AccessState.ANSWERED, at, request.version + 1
    request.answered_by = viewer.actor.employee if viewer.actor else None
    request.save(update_fields=["state", "answered_at", "answered_by", "version"])
    end_request(own, request, viewer=viewer, at=at)
    _enter_both(own, request, result, viewer, at)
    for progress in (Progress.INFORMED, Progress.DECIDED, Progress.CLOSED):
        bring_forward(own, progress, ground=title, viewer=viewer, at=at)
    noted(own, "case.access_answered", viewer=viewer, at=at, request=str(request.id), result=result.value,
          way=way.value, late=(request.held_until or request.due_at) < at)  # fmt: skip
    return request


def package_files(viewer: Viewer, request_id: UUID, at: datetime) -> tuple[str, list[PackageFile]]:
    """What was put together, to be looked through or handed out; the look is logged. Raises NotFound, NoPackage.

    Whoever may not see one of its cases gets nothing of it.
    """
    request = opened_request(request_id, viewer, at)
    items = item_rows(items_of(request), viewer, at)
    if request.state not in {AccessState.PREPARED, AccessState.ANSWERED} or not request.package:
        raise NoPackage
    if not all(item.open or item.kind == ItemKind.APART for item in items):
        raise NoPackage
    first = PackageFile(f"{request.number}.pdf", gettext("Dokumenter"), PDF, request.package)
    return request.number, [first, *files_of(request)]


def package_zip(viewer: Viewer, request_id: UUID, target: Path, at: datetime) -> str:
    """The same as one zip at that place; says its name."""
    number, files = package_files(viewer, request_id, at)
    with ExitStack() as open_files:
        rows = [
            Enclosed(one.title, _on_disk(open_files, one.digest, one.name), one.name, one.media_type) for one in files
        ]
        letters.zipped(rows, target=target, at=at)
    return f"aktindsigt-{number}.zip"


def files_of(request: AccessRequest) -> list[PackageFile]:
    """What is given apart from the pages."""
    return [PackageFile(one["name"], one["title"], one["type"], one["digest"]) for one in request.package_files]


def items_of(request: AccessRequest) -> list[AccessItem]:
    """The items in their order."""
    return list(AccessItem.objects.filter(request=request).select_related("case").order_by("order", "pk"))


def outcome_of(items: Sequence[AccessItem]) -> Outcome:
    """What the choices come to."""
    return outcome(item.choice for item in items)


def check_ready(items: Sequence[AccessItem], viewer: Viewer, at: datetime) -> None:
    """Raises NothingAsked, NotAllSeen, and ItemsNotReady naming what is not chosen yet."""
    if not items:
        raise NothingAsked
    check_seen(item_rows(items, viewer, at))
    undone = [f"»{item.title}«: {todo}" for item in items if (todo := lacking(item))]
    if undone:
        more = len(undone) - _NAMED
        names = "; ".join(undone[:_NAMED])
        raise ItemsNotReady(names=names + (gettext(" og {n} til").format(n=more) if more > 0 else ""))


def _given(items: Sequence[AccessItem]) -> list[AccessItem]:
    """What goes into the package: what nobody could look into is handled by hand."""
    return [item for item in items if item.choice != AccessChoice.REFUSED and not item.unreadable and item.source]


def _made(request: AccessRequest, items: Sequence[AccessItem], viewer: Viewer, at: datetime, told: Told) -> _Made:
    told(PackingPart.READING)
    given = _given(items)
    rows = {row.id: row for row in told_rows(request, items, viewer, at)}
    with tempfile.TemporaryDirectory(dir=runtime.incoming_folder()) as aside, ExitStack() as open_files:
        enclosed = [_enclosed(item, rows[item.pk], open_files) for item in given]
        target = Path(aside) / "package.pdf"
        told(PackingPart.JOINING)
        package = letters.bundle(
            enclosed, title=gettext("Svar på aktindsigt, sag {number}").format(number=request.number),
            cover_lines=list(_cover(request, rows.values())), target=target, language=LANGUAGE,
        )  # fmt: skip
        told(PackingPart.PROVING)
        _prove(target, given, package.starts, package.pages)
        stored = runtime.store_path(target)
    apart = [
        {"name": item.name, "title": item.title, "type": item.media_type, "digest": item.source}
        for item in given
        if is_apart(item)
    ]
    if request.law == AccessLaw.GDPR and request.is_party:
        apart.append(_as_json(request, list(rows.values()), viewer, at))
    return _Made(stored.digest, stored.size, package.pages, apart)


def is_apart(item: AccessItem) -> bool:
    """Whether it is given as the file it is."""
    return item.choice == AccessChoice.FULL and is_office(item)


def _enclosed(item: AccessItem, row: AccessItemRow, open_files: ExitStack) -> Enclosed:
    covered = item.choice == AccessChoice.REDACTED
    digest, media_type = (item.redacted, PDF) if covered else (item.source, item.media_type)
    name = f"{item.title}.pdf" if covered else item.name
    day = f"{clock.local(item.dated):%d.%m.%Y}" if item.dated else ""
    return Enclosed(row.title, _on_disk(open_files, digest, name), name, media_type, day, given_words(row))


def _on_disk(open_files: ExitStack, digest: str, name: str) -> Path:
    try:
        return open_files.enter_context(runtime.file_on_disk(digest))
    except FileNotFoundError:
        raise FileMissing(name=name) from None


def _cover(request: AccessRequest, rows: Iterable[AccessItemRow]) -> Iterator[str]:
    yield gettext("Bedt om: {what}").format(what=scope_words(request))
    yield gettext("Modtaget {day}").format(day=day_text(clock.local(request.received_at).date(), LANGUAGE))
    left_out = [row for row in rows if row.choice == AccessChoice.REFUSED or row.unreadable]
    if left_out:
        yield gettext("Ikke med i pakken:")
    for row in left_out:
        yield f"{row.title}: {given_words(row)}"


def _prove(path: Path, given: Sequence[AccessItem], starts: Sequence[int], pages: int) -> None:
    """The words covered in an item stand nowhere on its pages of the package. Raises StillReadable."""
    text = letters.extract_text(path, name=path.name, media_type=PDF).pages
    for number, item in enumerate(given):
        if item.choice != AccessChoice.REDACTED or not starts[number]:
            continue
        last = next((start for start in starts[number + 1 :] if start), pages + 1)
        for page in range(starts[number], last):
            said = text[page - 1] if page <= len(text) else ""
            if letters.holds_word(said, [str(word) for word, _ in item.words]):
                raise StillReadable(page=page)


def _as_json(request: AccessRequest, rows: list[AccessItemRow], viewer: Viewer, at: datetime) -> dict[str, str]:
    """The citizen's data in a form a program can read (art. 15, 3 and 20)."""
    content = facts_of_person(request, rows, viewer=viewer, at=at)
    name = f"{request.number}.json"
    return {"name": name, "title": gettext("Data"), "type": JSON, "digest": runtime.store_file(content)}


def _letter(
    own: Case, request: AccessRequest, answer: AccessAnswer, receiver: Receiver, viewer: Viewer, at: datetime
) -> tuple[Outcome, str, bytes]:
    items = items_of(request)
    result = outcome_of(items)
    rows = told_rows(request, items, viewer, at)
    fields = {"afgørelse.resultat": _sentence(result)}
    if result != Outcome.GRANTED:
        rules = dict.fromkeys(item.ground for item in items if item.ground and item.kind != ItemKind.APART)
        if answer.appeal_by is not None and answer.appeal_by <= clock.local(at).date():
            raise RequestIncomplete(what=gettext("en klagefrist, der ikke er gået"), field="appeal_by")
        fields |= {
            "afgørelse.begrundelse": clean(answer.reasons).strip(),
            "afgørelse.regler": "; ".join(rules) or "–",
            "klage.myndighed": line(answer.appeal_body, 160),
            "klage.frist": day_text(answer.appeal_by, LANGUAGE) if answer.appeal_by else "",
            "klage.sendes_til": line(answer.appeal_way, 300),
            "klage.fremgangsmåde": clean(answer.appeal_what).strip(),
        }
    title, pdf = answer_letter(own, request, rows, fields, receiver, outcome=result, viewer=viewer, at=at)
    return result, title, pdf


def _sentence(result: Outcome) -> str:
    return {
        Outcome.GRANTED: gettext("Du får det, du har bedt om."),
        Outcome.PARTLY: gettext("Du får en del af det, du har bedt om."),
        Outcome.REFUSED: gettext("Du får ikke det, du har bedt om."),
    }[result]


def _hand_out(
    own: Case, request: AccessRequest, receiver: Receiver, way: LetterWay, viewer: Viewer, at: datetime
) -> None:
    """The package as a document of the case, and with the letter to the requester."""
    title = gettext("Dokumenter til svaret")
    size = request.package_size or 0
    if way == LetterWay.COUNTER:
        _put_files(own, request, title, viewer, at)
        return
    apart = [one.name for one in files_of(request) if one.media_type != JSON]
    if apart:
        raise NotPrintable(why=gettext("{names} er filer uden sider").format(names=", ".join(apart[:_NAMED])))
    if size > LARGEST_PRINTED:
        raise NotPrintable(why=gettext("pakken fylder {size} MB").format(size=size // (1024 * 1024)))
    try:
        with runtime.open_file(request.package) as file:
            content = file.read()
    except FileNotFoundError:
        raise FileMissing(name=title) from None
    put_letter(own, kind=KIND, title=title, pdf=content, receivers=[receiver], way=LetterWay.PRINT,
               subject_id=request.id, language=LANGUAGE, viewer=viewer, at=at)  # fmt: skip


def _put_files(own: Case, request: AccessRequest, title: str, viewer: Viewer, at: datetime) -> None:
    """What was handed over at the counter, each file a document of the request's case."""
    facts: dict[str, object] = {"kind": DocumentKind.OUT, "channel": "counter", "final": True, "scan": ScanState.OWN}
    package = TakenIn(
        request.package, request.package_size or 0, f"{request.number}.pdf", Known(PDF, request.package_pages)
    )
    put_document(own, package, {**facts, "title": title}, viewer=viewer, at=at)
    for one in files_of(request):
        with runtime.file_on_disk(one.digest) as path:
            file = TakenIn(one.digest, path.stat().st_size, one.name, Known(one.media_type, None))
        put_document(own, file, {**facts, "title": line(one.title, 200)}, viewer=viewer, at=at)


def _decided(
    own: Case,
    request: AccessRequest,
    result: Outcome,
    answer: AccessAnswer,
    letter: CaseLetter,
    viewer: Viewer,
    at: datetime,
) -> None:
    """The answer is a decision one can complain over."""
    employee = viewer.actor.employee if viewer.actor else None
    Decision.objects.create(
        id=uuid7(at), case=own, state=DecisionState.DECIDED, level=policy.DECIDE, result=Result(result.value),
        summary=_sentence(result), facts=scope_words(request), reasons=clean(answer.reasons).strip(),
        legal_basis=AccessLaw(request.law).label[:300], appeal_body=line(answer.appeal_body, 160),
        appeal_by=answer.appeal_by, no_appeal=result == Outcome.GRANTED, document=letter.document, decided_at=at,
        decided_by=employee, created_at=at, created_by=employee, sent_by=line(answer.way, 8),
    )  # fmt: skip
    own.result = Result(result.value)
    own.save(update_fields=["result"])


def _enter_both(own: Case, request: AccessRequest, result: Outcome, viewer: Viewer, at: datetime) -> None:
    theme = gettext("Aktindsigt besvaret, sag {number}: {result}").format(
        number=request.number, result=gettext(Result(result.value).label).lower()
    )
    enter(own, EntryKind.ACCESS, theme, subject_id=request.id, viewer=viewer, at=at)
    if request.case_id is not None:
        asked = locked_by_process(request.case_id)
        enter(asked, EntryKind.ACCESS, theme, subject_id=request.id, viewer=viewer, at=at)
        noted(asked, "case.access_given", viewer=viewer, at=at, request=str(request.id), result=result.value)
