"""A whole case as a zip, and a citizen's data as JSON, under the names of the OIO standard for cases and documents.

The names are those of the joint index of cases and documents (SF1470): Sag, Sagspart, Journalpost, Dokument.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from indgang.core.cases.access_values import AccessItemRow
from indgang.core.cases.document_presenting import author_names
from indgang.core.cases.models import (
    AccessRequest,
    Case,
    CaseHandler,
    CaseObject,
    CaseRelation,
    Deadline,
    Decision,
    Document,
    DocumentVersion,
    JournalEntry,
    Party,
    ProgressChange,
)
from indgang.core.cases.pages import found_case, open_case_for
from indgang.core.cases.presenting import name_shown
from indgang.core.cases.rights import may_work_on, visible
from indgang.core.cases.values import (
    AccessChoice,
    AccessLaw,
    DocumentKind,
    EntryKind,
    PartyRole,
    Progress,
    RelationKind,
    Sensitivity,
)
from indgang.core.cases.writing import locked, noted
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime

FORMAT = "indgang-sag-1"
_PIECE = 256 * 1024
_RELATIONS = {
    RelationKind.PARENT.value: "Oversag",
    RelationKind.PRECEDENT.value: "Praecedens",
    RelationKind.COMPLAINT.value: "Andre",
    RelationKind.OTHER.value: "Andre",
}
_ROLES = {PartyRole.PRIMARY.value: "Primaer", PartyRole.PAYEE.value: "Ydelsesmodtager"}
_POSTS = {EntryKind.DOCUMENT.value: "Tilakteret", EntryKind.NOTE.value: "Journalnotat"}


class _Sink:
    """What a zip writes goes through here piece by piece; nothing of it is kept."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found


def export_case(
    *, number: str, purpose: Purpose | None = None, viewer: Viewer, at: datetime
) -> tuple[str, Iterator[bytes]]:
    """The whole case as a zip that is made while it is sent: an index, every version of every document, checksums.

    For who works on the case; the look and the export are recorded before anything is read. What is missing on the
    disk is named in the index. Raises NotFound.
    """
    case = found_case(number)
    open_case_for(viewer, case, purpose=purpose, at=at)
    if not may_work_on(viewer, case, at):
        raise NotFound
    _look_at_parties(case, purpose or Purpose("case", case.number), viewer, at)
    locked_case = _noted(case, viewer, at)
    index = case_index(locked_case, viewer, at)
    return f"sag-{case.number}.zip", _zip(index, at)


def case_index(case: Case, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The case with everything on it under the names of the standard."""
    return {
        "Format": FORMAT,
        "Udtrukket": _moment(at),
        "Sag": {
            "UUID": str(case.id),
            "Egenskaber": _features(case),
            "Tilstand": {"Fremdrift": _progress(case)},
            "Sagsaktoer": _actors(case),
            "Sagspart": _parties(case, at),
            "Sagsklasse": {
                "PrimaerKlasse": case.kle,
                "Handlingsklasse": case.facet,
                "Opgaveklasse": case.task_id,
                "Foelsomhedsklasse": case.sensitivity,
                "Afgoerelsesklasse": case.result,
            },
            "Sagsrelation": _relations(case, viewer, at),
            "Sagsgenstand": [
                {"Type": row.kind, "Titel": row.label, "Reference": row.reference}
                for row in CaseObject.objects.filter(case=case).order_by("pk")
            ],
            "Frister": [
                {"Type": row.kind, "Dato": _moment(row.due_at), "Overholdt": _moment(row.met_at)}
                for row in Deadline.objects.filter(case=case).order_by("due_at", "pk")
            ],
            "Afgoerelse": _decisions(case),
            "Journalpost": _posts(case),
        },
        "Dokument": _documents(case),
    }


def facts_of_person(request: AccessRequest, rows: Sequence[AccessItemRow], *, viewer: Viewer, at: datetime) -> bytes:
    """A citizen's data as JSON: who they are to us, their cases as far as this viewer may see them, and what is given.

    What is left out or covered stands in it by name and rule only.
    """
    given = {row.case_number for row in rows if row.choice != AccessChoice.REFUSED and row.case_number}
    cases = Case.objects.filter(visible(viewer, at), person=request.person_id).exclude(id=request.own_case_id)
    card = citizens.person(viewer, _person_of(request), purpose=Purpose("case", request.number), at=at)
    index = {
        "Format": "indgang-indsigt-1",
        "Udtrukket": _moment(at),
        "Regel": AccessLaw(request.law).label,
        "Person": {
            "Navn": card.name,
            "Adresse": [line for line in (card.street, card.place) if line],
            "Telefon": list(card.phones),
            "Mail": list(card.mails),
            "Sprog": card.language,
        },
        "Sag": [
            {"Egenskaber": _features(case), "Tilstand": {"Fremdrift": _progress(case)}}
            for case in cases.order_by("opened_at", "id")
        ],
        "Udleveret": [_given(row) for row in rows],
        "SagerMedDokumenter": sorted(given),
    }
    return json.dumps(index, ensure_ascii=False, indent=1).encode()


def _person_of(request: AccessRequest) -> UUID:
    if request.person_id is None:
        raise NotFound
    return request.person_id


def _given(row: AccessItemRow) -> dict[str, Any]:
    return {
        "Titel": row.title,
        "Art": row.kind,
        "Sag": row.case_number,
        "Dato": _moment(row.dated),
        "Udleveret": {"full": "ja", "redacted": "delvist", "refused": "nej"}[row.choice],
        "HjemmelTekst": row.ground,
    }


def _look_at_parties(case: Case, purpose: Purpose, viewer: Viewer, at: datetime) -> None:
    """The other parties stand in it by name: a look at each, as when the case is opened."""
    rows = Party.objects.filter(case=case, person__isnull=False).exclude(person=case.person_id)
    people = [key for key in rows.values_list("person_id", flat=True) if key is not None]
    if people:
        subject = case.person_id or case.id
        access.open_many(viewer, citizens=people, on_account_of=subject, kind="party", purpose=purpose, at=at)


def _noted(case: Case, viewer: Viewer, at: datetime) -> Case:
    with transaction.atomic():
        row = locked(case.id, viewer=viewer, at=at, ended=True)
        noted(row, "case.exported", viewer=viewer, at=at)
    return row


def _features(case: Case) -> dict[str, Any]:
    return {
        "BrugervendtNoegle": case.number,
        "Titel": case.title,
        "HjemmelSpecifikation": case.legal_basis,
        "Kassationskode": case.retention,
        "Bevaringsaar": case.retention_years,
        "AfleveretIndikator": case.archived_at is not None,
        "Oprettet": _moment(case.opened_at),
        "Afsluttet": _moment(case.closed_at),
    }


def _progress(case: Case) -> list[dict[str, Any]]:
    """The whole history of the progress (AM-01)."""
    rows = ProgressChange.objects.filter(case=case).order_by("at", "pk")
    return [
        {"Fremdrift": Progress(row.progress).label, "Virkning": _moment(row.at), "Grund": row.ground} for row in rows
    ]


def _actors(case: Case) -> dict[str, Any]:
    others = CaseHandler.objects.filter(case=case).order_by("pk")
    people = {case.handler_id, *(row.employee_id for row in others)} - {None}
    names = organisation.names(key for key in people if key is not None)
    unit = organisation.unit(case.unit_id)
    return {
        "Ejer": case.administration_id,
        "Ansvarlig": unit.name if unit else "",
        "PrimaerBehandler": names.get(case.handler_id or 0, ""),
        "AndreBehandlere": [
            {"Navn": names.get(row.employee_id, ""), "Fra": _moment(row.valid_from), "Til": _moment(row.valid_to)}
            for row in others
        ],
    }


def _parties(case: Case, at: datetime) -> list[dict[str, Any]]:
    """Parties by name; whoever is protected is shown so here too."""
    today = clock.local(at).date()
    rows = Party.objects.filter(case=case).select_related("person").order_by("pk")
    return [
        {
            "Rolle": _ROLES.get(row.role, "Sekundaer"),
            "RolleTekst": PartyRole(row.role).label,
            "Navn": name_shown(row.person, today) if row.person else row.name,
            "Virkning": {"Fra": _moment(row.valid_from), "Til": _moment(row.valid_to)},
        }
        for row in rows
    ]


def _relations(case: Case, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The cases it leads to; that there is a sensitive one is not told to who may not see it."""
    rows = CaseRelation.objects.filter(case=case).select_related("other").order_by("pk")
    told = rows.filter(
        Q(other__in=Case.objects.filter(visible(viewer, at)).values("id"))
        | ~Q(other__sensitivity=Sensitivity.SENSITIVE)
    )
    return [{"Type": _RELATIONS[row.kind], "BrugervendtNoegle": row.other.number} for row in told]


def _decisions(case: Case) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(case=case).order_by("created_at", "id")
    return [
        {
            "Status": row.state,
            "Resultat": row.result,
            "Tekst": row.summary,
            "Begrundelse": row.reasons,
            "HjemmelSpecifikation": row.legal_basis,
            "Dato": _moment(row.decided_at),
            "Dokument": str(row.document) if row.document else "",
        }
        for row in rows
    ]


def _posts(case: Case) -> list[dict[str, Any]]:
    rows = list(JournalEntry.objects.filter(case=case).order_by("at", "id"))
    names = author_names(row.author for row in rows)
    return [
        {
            "UUID": str(row.id),
            "Type": _POSTS.get(row.kind, "Vedlagt" if row.document else "Journalnotat"),
            "Art": EntryKind(row.kind).label,
            "Dato": _moment(row.at),
            "Titel": row.theme,
            "Tekst": row.body,
            "Forfatter": names[row.author],
            "Dokument": str(row.document) if row.document else "",
            "OffentlighedUndtaget": {"HjemmelTekst": row.internal_ground} if row.internal else None,
        }
        for row in rows
    ]


def _documents(case: Case) -> list[dict[str, Any]]:
    documents = list(Document.objects.filter(case=case).order_by("dated", "id"))
    versions = DocumentVersion.objects.filter(document__case=case).defer("words").order_by("document", "number")
    by_document: dict[UUID, list[DocumentVersion]] = {}
    for version in versions:
        by_document.setdefault(version.document_id, []).append(version)
    return [
        {
            "UUID": str(row.id),
            "Titel": row.title,
            "Dokumenttype": DocumentKind(row.kind).label,
            "Dato": _moment(row.dated),
            "OffentlighedUndtaget": {"HjemmelTekst": row.internal_ground} if row.internal else None,
            "Variant": [_variant(number, version) for version in by_document.get(row.id, ())],
        }
        for number, row in enumerate(documents, 1)
    ]


def _variant(number: int, version: DocumentVersion) -> dict[str, Any]:
    suffix = version.name.rpartition(".")[2].lower() if "." in version.name else "bin"
    safe = suffix if suffix.isalnum() and len(suffix) < 8 else "bin"
    return {
        "Versionsnummer": version.number,
        "Filnavn": version.name,
        "Sti": f"dokumenter/{number:04d}-v{version.number}.{safe}",
        "Mimetype": version.media_type,
        "Stoerrelse": version.size,
        "SHA256": version.digest,
        "Virus": version.scan_found,  # such a file is named and left out
    }


def _zip(index: dict[str, Any], at: datetime) -> Iterator[bytes]:
    """The archive, made while it is sent: no more than a piece of a file is ever in memory."""
    sink = _Sink()
    stamp = at.astimezone(UTC).timetuple()[:6]
    sums: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:  # type: ignore[call-overload]
        for document in index["Dokument"]:
            for variant in document["Variant"]:
                yield from _file(archive, sink, variant, stamp, sums)
        content = json.dumps(index, ensure_ascii=False, indent=1).encode()
        sums.append(f"{hashlib.sha256(content).hexdigest()}  index.json")
        archive.writestr(zipfile.ZipInfo("index.json", date_time=stamp), content)
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", date_time=stamp), "\n".join(sums) + "\n")
        yield sink.taken()
    yield sink.taken()


def _file(
    archive: zipfile.ZipFile, sink: _Sink, variant: dict[str, Any], stamp: Any, sums: list[str]
) -> Iterator[bytes]:
    if variant["Virus"]:
        return
    try:
        source = runtime.open_file(variant["SHA256"])
    except FileNotFoundError:
        variant["Mangler"] = True
        return
    summed = hashlib.sha256()
    with source, archive.open(zipfile.ZipInfo(variant["Sti"], date_time=stamp), "w", force_zip64=True) as place:
        while piece := _read(source):
            summed.update(piece)
            place.write(piece)
            yield sink.taken()
    variant["Fejl"] = "" if summed.hexdigest() == variant["SHA256"] else "kontrolsum"
    sums.append(f"{summed.hexdigest()}  {variant['Sti']}")


def _read(source: IO[bytes]) -> bytes:
    return source.read(_PIECE)


def _moment(at: datetime | None) -> str:
    return at.astimezone(clock.COPENHAGEN).isoformat() if at else ""
