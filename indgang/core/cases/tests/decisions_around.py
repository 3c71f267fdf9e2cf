"""What tests of decisions stand on: the letters of the profile, an office one can call, a case ready to be decided."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from indgang.core.cases import selectors, services
from indgang.core.cases.models import Case, CaseLetter, Decision, DocumentVersion
from indgang.core.cases.testing import make_case, make_setting
from indgang.core.cases.values import AmountLine, DecisionText
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.testing import text_of
from indgang.foundation.runtime.services import open_file

AT = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
PROFILE = Path(settings.INDGANG_PROFILES) / "copenhagen"
REFUSAL = DecisionText(
    result="refused",
    summary="Du får ikke mere i boligsikring.",
    facts="Din husstands indkomst er 412.000 kr. om året.",
    reasons="Indkomsten er over grænsen, så der kan ikke udbetales boligsikring.",
    legal_basis="Boligstøtteloven § 21",
    to_do="Giv os besked, hvis indkomsten falder.",
    appeal_body="Ankestyrelsen",
    appeal_weeks=4,
    appeal_rule="Boligstøtteloven § 81",
)
GRANT = DecisionText(
    result="granted",
    summary="Du får 1.234,50 kr. om måneden i boligsikring.",
    reasons="Din indkomst er faldet.",
    legal_basis="Boligstøtteloven § 21",
    amounts=(
        AmountLine("Boligsikring", Decimal("1234.50"), "month"),
        AmountLine("Efterbetaling for februar", Decimal("300"), "once"),
    ),
)


def bring_letters(at: datetime = AT) -> None:
    """The letter templates of the profile."""
    with (PROFILE / "letter_templates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["body"] = (PROFILE / "letters" / f"{row['code']}.{row['language']}.md").read_text()
    letters.load_profile({"letter_templates": rows}, at=at)


def ready_case(office, handler, **facts) -> Case:
    """A case of the office in the handler's hands, with the letters it needs."""
    bring_letters(facts.get("at", AT))
    type(office).objects.filter(pk=office.pk).update(phone="00 00 00 21", address="Ydelsesvej 1, 2500 Valby")
    return make_case(unit=office, handler=handler.pk, **{"at": AT, **facts})


def heard(case: Case, viewer, at: datetime = AT) -> None:
    services.leave_out_hearing(case_id=case.id, ground="Borgeren har selv givet oplysningerne.", viewer=viewer, at=at)


def draft(case: Case, viewer, text: DecisionText = REFUSAL, at: datetime = AT) -> Decision:
    return services.draft_decision(case_id=case.id, text=text, viewer=viewer, at=at)


def letter_text(row: CaseLetter | Decision) -> str:
    """What stands in the PDF that was stored."""
    version = DocumentVersion.objects.get(document=row.document)
    with open_file(version.digest) as file:
        return text_of(file.read())


def letters_of(case: Case) -> list[CaseLetter]:
    return list(CaseLetter.objects.filter(case=case).order_by("made_at", "id"))


def open_codes(viewer, case: Case, at: datetime = AT) -> list[str]:
    return [gate.code for gate in selectors.gates(viewer, case.id, at) if not gate.met]


__all__ = ["make_setting"]
