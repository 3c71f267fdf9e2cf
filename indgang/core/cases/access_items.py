"""What lies in a case or about a citizen, line by line, with what the service proposes to give; people correct it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext, override

from indgang.core.cases.access_errors import ItemGroundMissing, NotCoverable, NothingAsked, RequestStale
from indgang.core.cases.access_grounds import Looked, Proposal, proposal
from indgang.core.cases.access_others import NAMING, Whom, is_anothers, kinds_in, whom_to_cover
from indgang.core.cases.access_requests import locked_request
from indgang.core.cases.access_sources import is_paged, kept_text, make_pages, why_unreadable
from indgang.core.cases.access_values import OutsideItem
from indgang.core.cases.document_presenting import in_force
from indgang.core.cases.models import AccessItem, AccessRequest, Case, Document, DocumentVersion, JournalEntry, Party
from indgang.core.cases.pages import open_case_for
from indgang.core.cases.rights import is_purpose, may_see, visible
from indgang.core.cases.steps import open_steps, put_step
from indgang.core.cases.values import (
    AccessChoice,
    AccessLaw,
    AccessState,
    EntryKind,
    ItemKind,
    ScanState,
    Sensitivity,
    StepKind,
)
from indgang.core.cases.writing import chosen, line, noted
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import LookQuery, Purpose, Viewer, system
from indgang.foundation.runtime import clock

MOST_SEARCHED = 80  # lines searched for others' names at once; the others say that nobody has
_READER = system("access")
_LOOK_LIMIT = 5000


@dataclass
class _Found:
    """One line not yet stored."""

    key: str
    kind: str
    title: str
    dated: datetime | None
    looked: Looked
    case: Case | None = None
    facts: dict[str, object] | None = None
    proposal: Proposal | None = None


def gather_items(
    *, request_id: UUID, outside: Sequence[OutsideItem] = (), viewer: Viewer, at: datetime
) -> list[AccessItem]:
    """List what there is to give, as far as this viewer may see it, with a proposal for each line.

    Again it adds what has come since. Cases of the citizen at other units, which this viewer may not see, are one line
    each, and their units get the work; of those with sensitive data only their own unit hears. Raises NothingAsked.
    """
    request, own = _opened(request_id, viewer, at)
    cases = _cases(request, viewer, at)
    for case in cases:
        open_case_for(viewer, case, purpose=_purpose(viewer, case, own, at), at=at)
    known = set(AccessItem.objects.filter(request=request).values_list("key", flat=True))
    found = [one for case in cases for one in _of_case(case, known)]
    found += [_outside(one) for one in outside if one.key not in known] if request.person_id else []
    if request.law == AccessLaw.GDPR and request.person_id and "looks" not in known:
        found.append(_looks(request.person_id, at))
    hidden = _hidden(request, cases, viewer, at)
    if not (found or known or hidden):
        raise NothingAsked
    _propose(request, found)
    with transaction.atomic():
        own, request = locked_request(request_id, viewer=viewer, at=at)
        made = _store(request, found, hidden, viewer, at)
        if made:
            touched(request, own, viewer=viewer, at=at)
    return made


@transaction.atomic
def choose_item(
    *,
    item_id: int,
    choice: str,
    ground: str = "",
    by_hand: str = "",
    as_text: bool = False,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> AccessItem:
    """What the caseworker gives of one line. What is left out or covered needs its rule; what nobody can look into,
    how it was handled. Raises UnknownValue, ItemGroundMissing, NotCoverable, RequestStale, RequestAnswered, NotFound.
    """
    own, request, item = locked_item(item_id, version=version, viewer=viewer, at=at)
    wanted = AccessChoice(chosen(choice, AccessChoice, "choice"))
    rule = line(ground, 200)
    if wanted != AccessChoice.FULL and not rule:
        raise ItemGroundMissing(title=item.title)
    if item.kind == ItemKind.APART and wanted != AccessChoice.REFUSED:
        raise NotCoverable(title=item.title, remedy=gettext("Den enhed, der har sagen, svarer selv."), field="choice")
    if wanted == AccessChoice.REDACTED and item.unreadable:
        remedy = gettext("Skriv, hvordan den er håndteret, eller undtag den.")
        raise NotCoverable(title=item.title, remedy=remedy, field="choice")
    item.choice, item.ground = wanted, rule if wanted != AccessChoice.FULL else ""
    item.by_hand, item.as_text = line(by_hand, 200), as_text
    if not item.unreadable and not is_paged(item) and (as_text or wanted == AccessChoice.REDACTED):
        make_pages(item, own, at)
    item.version += 1
    item.save()
    touched(request, own, viewer=viewer, at=at)
    return item


def locked_item(
    item_id: int, *, version: int | None = None, viewer: Viewer, at: datetime
) -> tuple[Case, AccessRequest, AccessItem]:
    """The request's case, the request and the item, locked in this order, for who works on it and may see the item."""
    key = AccessItem.objects.filter(pk=item_id).values_list("request_id", flat=True).first()
    if key is None:
        raise NotFound
    own, request = locked_request(key, viewer=viewer, at=at)
    item = AccessItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.case_id is not None and item.kind != ItemKind.APART and not may_see(viewer, item.case_id, at):
        raise NotFound
    if version is not None and version != item.version:
        raise RequestStale
    return own, request, item


def touched(request: AccessRequest, own: Case, *, viewer: Viewer, at: datetime) -> None:
    """The choices changed: a package made of the earlier ones is none any more."""
    request.package, request.package_pages, request.package_size, request.package_files = "", None, None, []
    request.state, request.version = AccessState.RECEIVED, request.version + 1
    request.save(update_fields=["package", "package_pages", "package_size", "package_files", "state", "version"])
    noted(own, "case.access_chosen", viewer=viewer, at=at, request=str(request.id))


def opened_request(request_id: UUID, viewer: Viewer, at: datetime) -> AccessRequest:
    """The request for who may see its case, once the look is logged. Missing and forbidden alike: NotFound."""
    return _opened(request_id, viewer, at)[0]


def _opened(request_id: UUID, viewer: Viewer, at: datetime) -> tuple[AccessRequest, Case]:
    request = AccessRequest.objects.filter(id=request_id).select_related("own_case", "case", "handler", "unit").first()
    if request is None:
        raise NotFound
    open_case_for(viewer, request.own_case, purpose=None, at=at)
    return request, request.own_case


def _purpose(viewer: Viewer, case: Case, own: Case, at: datetime) -> Purpose | None:
    """The request is the purpose wherever it concerns the same citizen; else one's own work on that case."""
    about = case.person_id or case.id
    parties = {own.person_id, *_others_of(own)}
    return Purpose("case", own.number) if about in parties else None


def _others_of(own: Case) -> Iterable[UUID | None]:
    return Party.objects.filter(case=own, valid_to=None).values_list("person_id", flat=True)


def _cases(request: AccessRequest, viewer: Viewer, at: datetime) -> list[Case]:
    rows = Case.objects.filter(visible(viewer, at)).exclude(id=request.own_case_id)
    if request.case_id is not None:
        return list(rows.filter(id=request.case_id))
    found = rows.filter(_about(request)).order_by("opened_at", "id")
    return [case for case in found if case.person_id == request.person_id or _own_work(viewer, case)]


def _about(request: AccessRequest) -> Q:
    """The citizen's own cases, and those in which they are a party now: data about them stand there as well."""
    joined = Party.objects.filter(person=request.person_id, valid_to=None).values("case")
    return Q(person=request.person_id) | Q(id__in=joined)


def _own_work(viewer: Viewer, case: Case) -> bool:
    """Whether a case about somebody else may be opened for this: the request is no reason to look at that person."""
    return is_purpose(case.number, case.person_id or case.id, viewer)


def _hidden(request: AccessRequest, seen: Sequence[Case], viewer: Viewer, at: datetime) -> list[Case]:
    """The cases with the citizen in them that this viewer may not open: their own units answer."""
    if request.case_id is not None or request.person_id is None:
        return []
    rows = Case.objects.filter(_about(request)).exclude(id__in=[case.id for case in seen])
    return list(rows.exclude(id=request.own_case_id).select_related("unit", "administration").order_by("opened_at"))


def _of_case(case: Case, known: set[str]) -> list[_Found]:
    personal, sensitivity = case.person_id is not None, str(case.sensitivity)
    found = []
    documents = list(Document.objects.filter(case=case).order_by("dated", "id"))
    versions = in_force(document.id for document in documents)
    for document in documents:
        version = versions.get(document.id)
        if version is not None and f"document:{document.id}:{version.number}" not in known:
            found.append(_document(document, version, case, personal, sensitivity))
    entries = JournalEntry.objects.filter(case=case, document=None).exclude(body="").exclude(kind=EntryKind.ACCESS)
    for entry in entries.order_by("at", "id"):
        if f"entry:{entry.id}:{entry.version}" not in known:
            looked = Looked(
                internal=entry.internal,
                internal_ground=entry.internal_ground,
                personal=personal,
                sensitivity=sensitivity,
            )
            found.append(_entry(entry, case, looked))
    return found


def _document(document: Document, version: DocumentVersion, case: Case, personal: bool, sensitivity: str) -> _Found:
    unreadable = why_unreadable(version, infected=document.scan == ScanState.REFUSED)
    looked = Looked(
        internal=document.internal,
        internal_ground=document.internal_ground,
        others=document.other_parties,
        unreadable=bool(unreadable),
        personal=personal,
        sensitivity=sensitivity,
    )
    facts: dict[str, object] = {
        "document": document.id,
        "document_version": version.number,
        "source": version.digest,
        "media_type": version.media_type,
        "name": version.name,
        "pages": version.pages,
        "unreadable": unreadable,
    }
    key = f"document:{document.id}:{version.number}"
    return _Found(key, ItemKind.DOCUMENT, document.title, document.dated, looked, case, facts)


def _entry(entry: JournalEntry, case: Case, looked: Looked) -> _Found:
    said = f"{entry.theme}\n{clock.local(entry.at):%d.%m.%Y %H.%M}\n\n{entry.body}\n"
    facts: dict[str, object] = {"entry": entry.id, **kept_text(said, entry.theme)}
    return _Found(f"entry:{entry.id}:{entry.version}", ItemKind.ENTRY, entry.theme, entry.at, looked, case, facts)


def _outside(one: OutsideItem) -> _Found:
    facts = kept_text(one.text, one.title)
    return _Found(one.key[:80], ItemKind.CONTACT, line(one.title, 200), one.dated, Looked(personal=True), None, facts)


def _looks(person: UUID, at: datetime) -> _Found:
    """Who has looked at the citizen's data: when, at what and why. Employees are named by their kind only."""
    rows = list(access.all_looks(_READER, LookQuery(citizen=person)))[:_LOOK_LIMIT]
    with override("da"):
        title = gettext("Opslag i dine oplysninger")
        said = [title, ""]
        for row in rows:
            who = gettext("en medarbejder") if row.actor.startswith("employee:") else gettext("systemet")
            said.append(f"{clock.local(row.at):%d.%m.%Y %H.%M}  {who}  {row.kind}  {row.purpose}  {row.outcome}")
        if not rows:
            said.append(gettext("Der er ingen opslag."))
    return _Found("looks", ItemKind.LOOKS, title, at, Looked(personal=True), None, kept_text("\n".join(said), title))


def _propose(request: AccessRequest, found: list[_Found]) -> None:
    """The proposal for each line; the pages and texts are searched for others' names and numbers."""
    searched = 0
    whom: dict[UUID | None, Whom] = {}
    for one in found:
        looked, facts = one.looked, one.facts or {}
        if facts and not (looked.internal or looked.unreadable or one.kind == ItemKind.LOOKS):
            key = one.case.id if one.case else None
            if key not in whom:
                whom[key] = whom_to_cover(request, one.case)
            searched += 1
            looked = (
                _with_names(looked, facts, whom[key]) if searched <= MOST_SEARCHED else replace(looked, searched=False)
            )
        if one.proposal is None:
            looked = replace(looked, others=looked.others or is_anothers(request, one.case))
            one.proposal = proposal(request.law, looked, is_party=request.is_party)


def _with_names(looked: Looked, facts: dict[str, object], whom: Whom) -> Looked:
    kinds = kinds_in(str(facts["source"]), str(facts["name"]), str(facts["media_type"]), whom)
    if kinds is None:
        return replace(looked, searched=False)
    return replace(looked, named=bool(kinds & NAMING), numbers=bool(kinds - NAMING))


def _store(
    request: AccessRequest, found: list[_Found], hidden: list[Case], viewer: Viewer, at: datetime
) -> list[AccessItem]:
    known = set(AccessItem.objects.filter(request=request).values_list("key", flat=True))
    seen = {one.case.id for one in found if one.case is not None}
    AccessItem.objects.filter(request=request, kind=ItemKind.APART, case__in=seen).delete()
    order = AccessItem.objects.filter(request=request).aggregate(last=Max("order"))["last"] or 0
    made = []
    for one in [*found, *_apart(request, hidden, viewer, at)]:
        if one.key in known or one.proposal is None:
            continue
        order += 1
        made.append(
            AccessItem.objects.create(
                request=request, order=order, kind=one.kind, key=one.key, title=line(one.title, 200) or "–",
                dated=one.dated, case=one.case, proposed=one.proposal.choice, proposed_why=one.proposal.why,
                choice=one.proposal.choice, ground=one.proposal.ground, **(one.facts or {}),
            )
        )  # fmt: skip
    return made


def _apart(request: AccessRequest, hidden: list[Case], viewer: Viewer, at: datetime) -> list[_Found]:
    """One line for each case of another unit; that unit gets the work. Of sensitive ones nothing is told here."""
    found = []
    for case in hidden:
        sensitive = case.sensitivity == Sensitivity.SENSITIVE
        place = case if sensitive else request.own_case
        title = gettext("Aktindsigt {number}: vælg, hvad der gives fra jeres sag").format(number=request.number)
        standing = [step for step in open_steps(place, StepKind.ACCESS) if step.unit_id == case.unit_id]
        if not any(step.subject_id == request.id for step in standing):
            put_step(place, kind=StepKind.ACCESS, title=title[:160], unit=case.unit_id, due_at=request.due_at,
                     subject_id=request.id, viewer=_READER, at=at)  # fmt: skip
        if sensitive:
            continue
        unit = organisation.unit(case.unit_id)
        ground = gettext("besvares særskilt af {unit}, telefon {phone}").format(
            unit=case.unit.name, phone=unit.phone if unit and unit.phone else "–"
        )
        name = gettext("En sag i {administration}").format(administration=case.administration.name)
        given = Proposal(
            AccessChoice.REFUSED, gettext("Enheden, der har sagen, svarer selv og har fået besked"), ground[:200]
        )
        found.append(_Found(f"case:{case.id}", ItemKind.APART, name, None, Looked(), case, {}, given))
    return found
