"""Documents of a demo town: a letter as PDF and a photograph; everything in them is invented."""

import io
from datetime import datetime
from uuid import UUID

from PIL import Image, ImageDraw

from indgang.core.cases.documents import add_document
from indgang.core.cases.models import Document
from indgang.core.cases.values import DocumentKind
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.values import Letter, Paragraph, Sender, Table
from indgang.foundation.runtime import clock

_WIDE, _HIGH = 1240, 880
_WALL, _FLOOR, _DAMP, _FRAME = "#e8e2d4", "#8d7a63", "#5f6a4e", "#f7f5ef"


def put_income_letter(*, case_id: UUID, name: str, viewer: Viewer, at: datetime) -> Document:
    """A citizen's letter on a changed pension, as it came by post and was scanned."""
    return add_document(
        case_id=case_id,
        title="Brev om ændret indkomst",
        kind=DocumentKind.IN,
        name="brev-om-indkomst.pdf",
        content=letters.typeset(_income_letter(name, at)),
        claimed_type="application/pdf",
        channel="letter",
        viewer=viewer,
        at=at,
    )


def put_photograph(*, case_id: UUID, viewer: Viewer, at: datetime) -> Document:
    """A picture a citizen sent of a damp wall."""
    return add_document(
        case_id=case_id,
        title="Foto af fugt på væggen",
        kind=DocumentKind.IN,
        name="foto-af-vaeg.png",
        content=_photograph(),
        claimed_type="image/png",
        channel="mail",
        viewer=viewer,
        at=at,
    )


def _income_letter(name: str, at: datetime) -> Letter:
    return Letter(
        language="da",
        title="Min indkomst er ændret",
        sender=Sender(name),
        receiver_lines=("Kommunen", "Borgerservice"),
        date=clock.local(at).date(),
        reference="",
        blocks=(
            Paragraph("Jeg får boligydelse. Min pension og mine renter er ændret fra den 1. i denne måned."),
            Table(
                ("Indkomst om måneden", "Før", "Nu"),
                (("ATP", "1.850 kr.", "2.310 kr."), ("Renter og udbytte", "400 kr.", "125 kr.")),
            ),
            Paragraph("Huslejen er den samme som før. Ring gerne om formiddagen, hvis I mangler noget."),
            Paragraph("Brevet er opfundet til demobyen."),
        ),
    )


def _photograph() -> bytes:
    """A drawn room with a dark patch under the window."""
    picture = Image.new("RGB", (_WIDE, _HIGH), _WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 700, _WIDE, _HIGH), fill=_FLOOR)
    pen.rectangle((420, 120, 820, 480), fill=_FRAME, outline=_FLOOR, width=14)
    pen.line((620, 120, 620, 480), fill=_FLOOR, width=10)
    for step in range(9):
        pen.ellipse((440 - step * 12, 520 + step * 9, 700 + step * 14, 690), outline=_DAMP, width=6)
    pen.ellipse((500, 560, 660, 680), fill=_DAMP)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()
