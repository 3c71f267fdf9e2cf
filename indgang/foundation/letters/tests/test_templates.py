"""Letter templates: what the municipality writes, what the law demands, and no letter with a hole in it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from indgang.foundation.letters import selectors, services
from indgang.foundation.letters.errors import (
    FieldsMissing,
    LetterEmpty,
    LetterTooLong,
    TemplateChanged,
    TemplateIncomplete,
    TemplateWrong,
    UnknownField,
    UnknownTemplate,
    WrongOutcome,
    WrongTable,
    WrongTemplateFact,
)
from indgang.foundation.letters.filling import REQUIRED, UNLESS_GRANTED, fill_text
from indgang.foundation.letters.merge_fields import FIELDS
from indgang.foundation.letters.printable import blank
from indgang.foundation.letters.testing import SENDER, tags_of, text_of
from indgang.foundation.letters.values import Box, Filled, Heading, Listing, Paragraph, Signature, Table

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
RECEIPT = "> Svar senest {{kvittering.frist}}\n> Modtaget {{kvittering.modtaget}}"
DECISION = """Kære {{borger.navn}}

> Resultat
> {{afgørelse.resultat}}

{{hvis: delvist, afslag}}
## Derfor
{{afgørelse.begrundelse}}
{{afgørelse.regler}}

- {{klage.myndighed}}
- {{klage.frist}}
- {{klage.sendes_til}}

{{klage.fremgangsmåde}}
{{slut}}

{{hvis: afslag, klage.begrænsning}}
Ikke {{klage.begrænsning}}.
{{slut}}

{{forvaltning.navn}} har ansvaret.

-- Venlig hilsen
-- {{medarbejder.navn}}"""
GRANTED = {
    "borger.navn": "Anna", "afgørelse.resultat": "Du får 100 kr.", "forvaltning.navn": "Prøveforvaltningen",
    "medarbejder.navn": "Prøve Prøvesen", "sag.emne": "boligstøtte",
}  # fmt: skip
REFUSED = GRANTED | {
    "afgørelse.resultat": "Du får ikke støtte.", "afgørelse.begrundelse": "Du bor ikke her.",
    "afgørelse.regler": "§ 1.", "klage.myndighed": "Nævnet", "klage.frist": "30. marts 2026",
    "klage.sendes_til": "Prøvegade 1", "klage.fremgangsmåde": "Vi ser på den igen.",
}  # fmt: skip


def save(code: str = "brev", kind: str = "receipt", body: str = RECEIPT, title: str = "Titel", **more):
    facts = {
        "code": code,
        "language": "da",
        "kind": kind,
        "title": title,
        "body": body,
        "viewer_name": "edith",
        "at": AT,
    }
    return services.save_template(**(facts | more))


def fill(fields: dict[str, str], outcome: str = "", code: str = "brev", day: date = DAY) -> Filled:
    return services.fill(code=code, language="da", fields=fields, outcome=outcome, day=day)


def printed(filled: Filled) -> str:
    facts = {"language": "da", "sender": SENDER, "receiver_lines": ("Anna",), "date": DAY, "reference": "2026-000123"}
    return text_of(services.typeset(filled.letter(**facts)))


@pytest.mark.django_db
def test_a_granted_decision_needs_neither_reasons_nor_guidance():
    save(kind="decision", body=DECISION, title="Afgørelse om {{sag.emne}}")
    filled = fill(GRANTED, "granted")
    assert filled.missing == []
    text = printed(filled)
    assert "Afgørelse om boligstøtte" in text and "Du får 100 kr." in text
    assert "Derfor" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["partly", "refused"])
def test_a_refusal_without_reasons_and_guidance_cannot_become_a_letter(outcome: str):
    save(kind="decision", body=DECISION, title="Afgørelse")
    filled = fill(GRANTED, outcome)
    assert filled.missing == ["afgørelse.begrundelse", "afgørelse.regler", "klage.myndighed", "klage.frist",
                              "klage.sendes_til", "klage.fremgangsmåde"]  # fmt: skip
    assert Paragraph("[udfyld: klage.fremgangsmåde]") in filled.blocks
    with pytest.raises(FieldsMissing, match=r"afgørelse.begrundelse"):
        printed(filled)
    text = printed(fill(REFUSED, outcome))
    for value in ("Du bor ikke her.", "§ 1.", "Nævnet", "30. marts 2026", "Prøvegade 1", "Vi ser på den igen."):
        assert value in text


@pytest.mark.django_db
def test_a_part_with_outcome_and_field_stands_only_with_both():
    save(kind="decision", body=DECISION)
    limited = REFUSED | {"klage.begrænsning": "lovens satser"}
    assert Paragraph("Ikke lovens satser.") in fill(limited, "refused").blocks
    assert Paragraph("Ikke lovens satser.") not in fill(limited, "partly").blocks
    assert fill(REFUSED, "refused").missing == []


@pytest.mark.django_db
def test_a_decision_template_without_appeal_guidance_is_refused():
    with pytest.raises(TemplateIncomplete, match=r"delvist.*klage.frist"):
        save(kind="decision", body=DECISION.replace("- {{klage.frist}}", "- en frist"))
    with pytest.raises(TemplateIncomplete, match=r"forvaltning.navn"):
        save(kind="decision", body=DECISION.replace("{{forvaltning.navn}}", "Vi"))
    only_refused = DECISION.replace("{{hvis: delvist, afslag}}", "{{hvis: afslag}}")
    with pytest.raises(TemplateIncomplete, match="delvist"):
        save(kind="decision", body=only_refused)
    hidden = DECISION.replace("{{hvis: delvist, afslag}}", "{{hvis: delvist, afslag, klage.begrænsning}}")
    with pytest.raises(TemplateIncomplete):
        save(kind="decision", body=hidden)


@pytest.mark.django_db
def test_a_decision_letter_must_say_how_it_was_decided():
    save(kind="decision", body=DECISION)
    for wrong in ("", "måske"):
        with pytest.raises(WrongOutcome):
            fill(REFUSED, wrong)
    save(code="kvit")
    with pytest.raises(WrongOutcome, match="medhold passer ikke"):
        fill({}, "granted", code="kvit")


@pytest.mark.django_db
def test_an_unknown_field_is_named_whoever_writes_it():
    with pytest.raises(UnknownField, match=r"\{\{sag.nr\}\}"):
        save(body=RECEIPT + "\n\n{{sag.nr}}")
    with pytest.raises(UnknownField, match=r"sag.farve"):
        save(title="{{sag.farve}}")
    save()
    with pytest.raises(UnknownField, match=r"kvittering.dato"):
        fill({"kvittering.dato": "i dag"})


@pytest.mark.django_db
def test_a_value_is_never_read_as_template_or_code():
    save(body=RECEIPT + "\n\n{{sag.emne}}")
    hostile = '## Nej\n{{borger.navn}} {{hvis: afslag}} | a | #read("/etc/passwd")'
    filled = fill({"kvittering.frist": "x", "kvittering.modtaget": "y", "sag.emne": hostile})
    assert filled.missing == []
    assert filled.blocks[-1] == Paragraph(hostile)
    assert '#read("/etc/passwd")' in printed(filled)


@pytest.mark.django_db
def test_a_value_of_blanks_is_missing():
    save()
    assert fill({"kvittering.frist": " \n\u200b\u202e", "kvittering.modtaget": "y"}).missing == ["kvittering.frist"]


@pytest.mark.django_db
def test_lines_become_the_parts_of_a_letter():
    body = "## A\nto linjer\nbliver én\n\n- et\n- to\n1. først\n2. så\n\n> Boks\n> ind\n\n"
    body += "| A | B |\n| 1 | 2 |\n-- Hilsen\n-- Os\n"
    filled = services.sample(kind="forwarding", language="da", title="T", body=body)
    assert filled.blocks == (
        Heading("A"), Paragraph("to linjer bliver én"), Listing(("et", "to")), Listing(("først", "så"), True),
        Box("Boks", ("ind",)), Table(("A", "B"), (("1", "2"),)), Signature(("Hilsen", "Os")),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_value_of_several_lines_fills_a_list_and_a_table():
    body = "- {{mangler.oplysninger}}\n\n{{mangler.frist}} {{mangler.følge}}\n\n"
    body += "| A | B | C |\n| {{aktindsigt.dokumenter}} |"
    save(kind="request", body=body)
    values = {"mangler.oplysninger": "lønseddel\n\nlejekontrakt", "mangler.frist": "x", "mangler.følge": "y"}
    values["aktindsigt.dokumenter"] = "Brev\t1. marts\tja\nNotat\t2. marts\tnej"
    blocks = fill(values).blocks
    assert blocks[0] == Listing(("lønseddel", "lejekontrakt"))
    assert blocks[-1] == Table(("A", "B", "C"), (("Brev", "1. marts", "ja"), ("Notat", "2. marts", "nej")))
    with pytest.raises(WrongTable, match="linje 1 har 2"):
        fill(values | {"aktindsigt.dokumenter": "Brev\tja"})
    assert fill(values | {"aktindsigt.dokumenter": ""}).missing == ["aktindsigt.dokumenter"]


@pytest.mark.parametrize(("body", "line"), [
    ("a\n{{hvis: afslag}}\nb", 2), ("{{slut}}", 1), ("{{hvis: afslag}}\n{{hvis: delvist}}\n{{slut}}", 2),
    ("{{hvis: nej}}\nb\n{{slut}}", 1), ("a\n\nb {{hvis: afslag}}", 3), ("> alene", 1), ("| a | b |\n| 1 | 2 | 3 |", 2),
    ("{{hvis: }}\nb\n{{slut}}", 1), ("|" + "a|" * 9, 1),
])  # fmt: skip
@pytest.mark.django_db
def test_a_faulty_template_is_refused_with_its_line(body: str, line: int):
    with pytest.raises(TemplateWrong, match=f"Linje {line} "):
        save(kind="forwarding", body=body)


@pytest.mark.parametrize("wrong", [{"code": "Æ b"}, {"language": "sv"}, {"kind": "poem"}])
@pytest.mark.django_db
def test_an_unknown_kind_language_or_code_is_refused(wrong: dict):
    with pytest.raises(WrongTemplateFact):
        save(**wrong)


@pytest.mark.django_db
def test_an_empty_or_endless_template_is_refused():
    for wrong, error in (({"body": " "}, LetterEmpty), ({"title": "\x00"}, LetterEmpty),
                         ({"body": "x" * 20_001}, LetterTooLong), ({"title": "x" * 161}, LetterTooLong)):  # fmt: skip
        with pytest.raises(error):
            save(**wrong)


@pytest.mark.django_db
def test_a_new_version_takes_over_on_its_day_and_the_old_one_stays():
    save(title="Gammel")
    save(title="Ny", version=1, valid_from=date(2026, 4, 1))
    assert selectors.in_use("brev", "da", date(2026, 3, 31)).title == "Gammel"
    assert selectors.in_use("brev", "da", date(2026, 4, 1)).title == "Ny"
    assert [row.version for row in selectors.versions(code="brev", language="da")] == [2, 1]
    save(title="Straks", version=2)
    assert selectors.in_use("brev", "da", date(2026, 4, 2)).title == "Straks"
    assert len(selectors.templates(kind="receipt", language="da", day=date(2026, 4, 2))) == 1


@pytest.mark.django_db
def test_nobody_writes_over_a_version_they_have_not_seen():
    save(version=0)
    for seen in (0, 2):
        with pytest.raises(TemplateChanged):
            save(version=seen)
    assert save(version=1).version == 2


@pytest.mark.django_db
def test_a_retired_template_is_gone_from_that_day():
    save()
    with pytest.raises(TemplateChanged):
        services.retire_template(code="brev", language="da", version=7, viewer_name="edith", at=AT)
    services.retire_template(
        code="brev", language="da", version=1, viewer_name="edith", at=AT, last_day=date(2026, 3, 5)
    )
    assert selectors.in_use("brev", "da", date(2026, 3, 5))
    for day in (date(2026, 3, 6), date(2027, 1, 1)):
        with pytest.raises(UnknownTemplate):
            fill({}, day=day)
    services.retire_template(code="brev", language="da", version=1, viewer_name="edith", at=AT)
    assert selectors.templates(day=DAY) == []
    with pytest.raises(UnknownTemplate):
        services.retire_template(code="andet", language="da", version=1, viewer_name="edith", at=AT)


@pytest.mark.django_db
def test_every_change_of_a_template_is_in_the_journal():
    save()
    services.retire_template(code="brev", language="da", version=1, viewer_name="edith", at=AT)
    services.retire_template(code="brev", language="da", version=1, viewer_name="edith", at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verb, data->>'code', actor FROM journal_event WHERE starts_with(verb, 'letters.') ORDER BY id"
        )
        found = cursor.fetchall()
    assert found == [("letters.template_saved", "brev", "edith"), ("letters.template_retired", "brev", "edith")]


@pytest.mark.django_db
def test_the_profile_never_writes_over_what_people_wrote():
    rows = {"letter_templates": [{"code": "brev", "language": "da", "kind": "receipt", "title": "A", "body": RECEIPT}]}
    assert services.load_profile(rows, at=AT) == {"letter_templates": 1}
    assert services.load_profile(rows, at=AT) == {"letter_templates": 0}
    rows["letter_templates"][0]["title"] = "B"
    assert services.load_profile(rows, at=AT) == {"letter_templates": 1}
    save(title="Vores egen", version=2)
    rows["letter_templates"][0]["title"] = "C"
    assert services.load_profile(rows, at=AT) == {"letter_templates": 0}
    assert selectors.in_use("brev", "da", DAY).title == "Vores egen"


@pytest.mark.django_db
def test_the_profile_does_not_bring_back_what_people_took_out_of_use():
    rows = {"letter_templates": [{"code": "brev", "language": "da", "kind": "receipt", "title": "A", "body": RECEIPT}]}
    services.load_profile(rows, at=AT)
    services.retire_template(code="brev", language="da", version=1, viewer_name="edith", at=AT)
    rows["letter_templates"][0]["title"] = "B"
    assert services.load_profile(rows, at=AT) == {"letter_templates": 0}


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_value_changes_what_a_letter_is_made_of(one: str, other: str):
    body = "{{borger.navn}}\n\n## A\n- fast\n- {{sag.emne}}\n\n> Boks\n> {{sag.emne}}\n\n-- {{borger.navn}}"
    filled = fill_text("forwarding", "T", body, {"borger.navn": one, "sag.emne": other}, "")
    kinds = [type(block) for block in filled.blocks if not isinstance(block, Paragraph)]
    assert kinds == [Heading, Listing, Box, Signature]
    assert sorted(filled.missing) == [
        name for name, value in (("borger.navn", one), ("sag.emne", other)) if blank(value)
    ]


def test_who_writes_a_template_sees_it_as_a_letter():
    facts = {"kind": "decision", "language": "da", "title": "Afgørelse om {{sag.emne}}", "body": DECISION}
    pdf = services.typeset_sample(**facts, outcome="refused", sender=SENDER, day=DAY)
    assert "Afgørelse om boligstøtte" in text_of(pdf)
    assert "[klagemyndigheden]" in text_of(pdf)
    assert "H2" in tags_of(pdf)
    with pytest.raises(TemplateIncomplete):
        services.typeset_sample(**(facts | {"body": "x"}), outcome="refused", sender=SENDER, day=DAY)


def test_the_guide_lists_every_field():
    guide = (Path(settings.ROOT) / "docs" / "letters.md").read_text()
    table = guide.partition("<!-- fields -->\n")[2].partition("<!-- end of fields -->")[0]
    rows = [f"| `{{{{{field.name}}}}}` | {field.what} | {field.what_en} |" for field in FIELDS.values()]
    assert table.splitlines()[2:] == rows


def test_the_guide_lists_what_every_kind_must_hold():
    guide = (Path(settings.ROOT) / "docs" / "letters.md").read_text()
    table = guide.partition("| Kind | Must hold | Why |")[2].partition("\n\n")[0]
    named = {name for names in REQUIRED.values() for name in names} | set(UNLESS_GRANTED)
    assert set(re.findall(r"`([^`]+)`", table)) == named
