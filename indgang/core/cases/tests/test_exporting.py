"""A whole case leaves as a zip with an index under the names of the standard, and checksums that hold."""

import hashlib
import io
import json
import zipfile

import pytest

from indgang.core.cases import services
from indgang.core.cases.models import DocumentVersion
from indgang.core.cases.testing import events_of_case
from indgang.core.cases.tests.access_around import AT, case_of_two, paper, pdf
from indgang.foundation.access.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def filippas(filippa, seen_by):
    return seen_by(filippa)


@pytest.fixture
def case(office, filippa, filippas):
    case = case_of_two(office, filippa)
    document = paper(case, filippas, pdf("Første udgave."), title="Brev")
    services.add_version(
        document_id=document.id, content=pdf("Anden udgave."), name="brev2.pdf", claimed_type="application/pdf",
        version=document.version, viewer=filippas, at=AT,
    )  # fmt: skip
    paper(case, filippas, pdf("Kladde."), title="Kladde", internal=True, internal_ground="Udkast")
    services.add_note(case_id=case.id, theme="Samtale", body="Karla ringede.", viewer=filippas, at=AT)
    return case


def exported(case, viewer) -> zipfile.ZipFile:
    name, pieces = services.export_case(number=case.number, viewer=viewer, at=AT)
    assert name == f"sag-{case.number}.zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_the_index_has_the_names_of_the_standard(case, filippas):
    index = json.loads(exported(case, filippas).read("index.json"))
    sag = index["Sag"]
    assert sag["Egenskaber"]["BrugervendtNoegle"] == case.number
    assert sag["Egenskaber"]["Kassationskode"] == "K"
    assert [one["Fremdrift"] for one in sag["Tilstand"]["Fremdrift"]] == ["Opstået"]
    assert [(one["Rolle"], one["Navn"]) for one in sag["Sagspart"]] == [
        ("Primaer", "Karla Kunstig"), ("Sekundaer", "Bodil Baggaard"),
    ]  # fmt: skip
    assert {one["Type"] for one in sag["Journalpost"]} == {"Tilakteret", "Journalnotat"}
    documents = {one["Titel"]: one for one in index["Dokument"]}
    assert len(documents["Brev"]["Variant"]) == 2
    assert documents["Kladde"]["OffentlighedUndtaget"] == {"HjemmelTekst": "Udkast"}


def test_every_version_is_there_and_its_checksum_holds(case, filippas):
    archive = exported(case, filippas)
    index = json.loads(archive.read("index.json"))
    variants = [variant for document in index["Dokument"] for variant in document["Variant"]]
    assert len(variants) == 3
    for variant in variants:
        assert hashlib.sha256(archive.read(variant["Sti"])).hexdigest() == variant["SHA256"]
        assert variant["Fejl"] == ""
    sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == {"index.json", *(variant["Sti"] for variant in variants)}
    assert sums["index.json"] == hashlib.sha256(archive.read("index.json")).hexdigest()


def test_the_export_is_an_event_and_a_stranger_gets_nothing(case, filippas, stranger, seen_by):
    exported(case, filippas)
    assert "case.exported" in [event.verb for event in events_of_case(case.id)]
    with pytest.raises(NotFound):
        services.export_case(number=case.number, viewer=seen_by(stranger), at=AT)


def test_a_file_that_is_missing_is_named(case, filippas):
    DocumentVersion.objects.filter(number=2).update(digest="0" * 64)
    index = json.loads(exported(case, filippas).read("index.json"))
    missing = [one for document in index["Dokument"] for one in document["Variant"] if one.get("Mangler")]
    assert [one["Versionsnummer"] for one in missing] == [2]
