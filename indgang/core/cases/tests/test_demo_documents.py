"""The demo town's documents can be read, shown and found like any other."""

import io

import pytest
from PIL import Image

from indgang.core.cases import selectors, services
from indgang.core.cases.demo_documents import put_income_letter, put_photograph
from indgang.core.cases.testing import make_case
from indgang.core.organisation.testing import viewer_of

pytestmark = pytest.mark.django_db


def test_the_letter_is_found_by_its_words_and_the_photograph_is_shown(office, filippa, at, settings, tmp_path):
    settings.FILES_ROOT, settings.SCANNER_URL = tmp_path / "files", ""
    case, viewer = make_case(unit=office, at=at), viewer_of(filippa, at)
    put_income_letter(case_id=case.id, name="Prøve Person", viewer=viewer, at=at)
    photograph = put_photograph(case_id=case.id, viewer=viewer, at=at)
    services.read_documents(at)
    [hit] = selectors.search_documents(viewer, "renter udbytte", at=at).rows
    assert hit.document.title == "Brev om ændret indkomst" and hit.document.pages == 1
    picture = Image.open(io.BytesIO(selectors.preview(viewer, photograph.id, 1, 620, at=at)))
    assert picture.width == 620
