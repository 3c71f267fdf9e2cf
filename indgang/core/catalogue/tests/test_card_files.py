"""A card as a file: every fault with its line, and out again as it came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.catalogue import policy
from indgang.core.catalogue.errors import CardFaulty
from indgang.core.catalogue.testing import make_card_text

TABLES = """
[[laws]]
title = "CPR-loven"
[[guide]]
id = "start"
ask = "Er du over 18 år?"
[[guide.answers]]
text = "Ja"
result = "entitled"
why = "Så kan du selv melde den."
[[guide.answers]]
text = "Nej"
result = "specialist"
why = "En voksen melder den for dig."
"""


def faults(text: str, name: str = "T-076.md") -> list[policy.CardFault]:
    with pytest.raises(CardFaulty) as refused:
        policy.parse(text, name=name)
    return refused.value.faults


def with_line(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one line replaced, and that line's number."""
    lines = text.split("\n")
    place = next(number for number, line in enumerate(lines) if old in line)
    lines[place] = lines[place].replace(old, new)
    return "\n".join(lines), place + 1


@pytest.mark.req("po.maintain")
def test_a_card_comes_out_of_its_file_as_it_went_in():
    text = make_card_text(tables=TABLES)
    assert policy.write(policy.parse(text, name="T-076.md")) == text


def test_the_fixed_form_is_reached_in_one_step_from_what_somebody_typed():
    typed = make_card_text().replace("\n\n", "\n").replace("\n", "  \r\n").replace("##", "##  ")
    once = policy.write(policy.parse(typed, name="T-076.md"))
    assert policy.write(policy.parse(once, name="T-076.md")) == once


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60))
def test_any_words_in_a_field_keep_their_form(given_words):
    words = "".join(sign for sign in given_words if sign not in "<{}[]").strip() or "ingen"
    quoted = '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = make_card_text(fields=f"reviewed = {quoted}")
    content = policy.parse(text, name="T-076.md")
    assert (content.reviewed, policy.write(content)) == (words, text)


@pytest.mark.parametrize(
    ("old", "new", "field", "remedy"),
    [
        ('taxable = "not_a_benefit"', 'taxable = "nej"', "taxable", "Vælg mellem"),
        ("review_by = 2026-09-01", "review_by = 2025-09-01", "review_by", "efter updated"),
        ("updated = 2026-03-01", 'updated = "i går"', "updated", "uden anførselstegn"),
        ('task = "T-076"', 'task = "T-077"', "task", "Filen hedder"),
        ("rates = []", 'rates = "a.b"', "rates", "liste"),
        ('authority = ""', 'autority = ""', "autority", "ukendt"),
        ('title = "CPR-loven"', 'title = "<b>CPR</b>"', "laws[0].title", "HTML"),
        ('result = "entitled"', 'result = "ja"', "guide[0].answers[0].result", "Vælg mellem"),
        ("self_service = ", 'self_service = "" #', "self_service_why_not", "hvorfor"),
    ],
)
def test_a_wrong_field_is_named_with_its_line_and_the_remedy(old, new, field, remedy):
    text, line = with_line(make_card_text(tables=TABLES), old, new)
    [fault] = faults(text)
    assert (fault.file, fault.field) == ("T-076.md", field)
    assert fault.line == (line if field != "self_service_why_not" else line + 1)
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("- Legitimation", "<b>Pas</b>", "HTML"),
        ("- Legitimation", "| pas | kørekort |", "Tabeller"),
        ("- Legitimation", "![pas](T-001)", "Billeder"),
        ("- Legitimation", "* Pas", "bindestreg"),
        ("- Legitimation", "[pas](http://pas.example)", "https"),
        ("- Legitimation", "[pas](T-022#klager)", "T-022#klage"),
        ("- Legitimation", "Det koster {{gebyr}}.", "udfyld"),
        ("2. Spørg", "   - Spørg", "niveau"),
    ],
)
def test_what_may_not_stand_in_a_section_is_named_with_its_line(old, new, remedy):
    text, line = with_line(make_card_text(), old, new)
    found = faults(text)
    assert (found[0].line, remedy in found[0].remedy) == (line, True) or any(
        one.line == line and remedy in one.remedy for one in found
    )


def test_all_faults_are_told_at_once():
    text = make_card_text().replace('"net"', '"brev"').replace("## Klage", "## Klager").replace("- Legitimation", "<i>")
    assert {one.field for one in faults(text)} == {"best_channel", "overskrift", "Det skal du have med"}


@pytest.mark.parametrize(
    "text", ["", "hej", "+++\n", "+++\n+++\n", "+++\na = = b\n+++\n", "+++\n\x00\n+++\n", "x" * 300_000]
)
def test_what_is_no_card_is_refused_in_words(text):
    assert all(one.remedy.endswith(".") for one in faults(text))


def test_sections_stand_in_their_order_and_none_is_missing():
    text = make_card_text()
    complaint = text[text.index("## Klage") :]
    moved = text.replace(complaint, "").replace("## Kort sagt", f"{complaint}\n## Kort sagt")
    assert {one.remedy for one in faults(moved)} == {"Skal stå før »Klage«. Flyt afsnittet op."}
    assert "»## Klage« mangler" in faults(text.replace(complaint, ""))[0].remedy


def test_two_cards_may_not_share_more_than_a_third_of_their_sentences():
    one = make_card_text("T-001")
    other = make_card_text("T-002", klage="Ring til os.")
    own = make_card_text("T-003", **OTHER_WORDS)
    texts = {"T-001.md": one, "T-002.md": other, "T-003.md": own}
    contents = {name: policy.parse(text, name=name) for name, text in texts.items()}
    [fault] = policy.shared_faults(texts, contents)
    assert fault.file == "T-002.md"
    assert "T-001.md" in fault.remedy
    assert fault.value in texts["T-002.md"].split("\n")[fault.line - 1].casefold()


OTHER_WORDS = {
    "Kort sagt": "Rotter er et problem. Vi fanger dem.",
    "Sådan gør du": "1. Lyt.\n2. Skriv.\n3. Send.\n4. Vent.",
    "Spørg og undersøg": "- Hvor er hullet?",
    "Sig til borgeren": "Vi kommer.",
    "Det skal du have med": "Intet.",
    "Gebyr og frister": "Intet koster det.",
    "Hvad sker der bagefter": "Fængeren ringer.",
    "Klage": "Miljø tager imod klagen.",
}


def test_a_card_knows_how_many_words_it_must_have():
    text = make_card_text()
    content = policy.parse(text, name="T-076.md")
    few = policy.own_faults(content, text, "T-076.md", policy.Known(tasks={"T-076": True}))
    assert [one.field for one in few] == ["words"]
    enough = policy.Known(tasks={"T-076": False}, words={"T-076": frozenset(f"ord {n}" for n in range(9))})
    assert list(policy.own_faults(content, text, "T-076.md", enough)) == []


def test_a_code_nobody_knows_is_named():
    text = make_card_text(fields='rates = ["housing_benefit", "a.b"]\nauthority = "skat"\nrelated = ["T-999"]')
    known = policy.Known(
        tasks={"T-076": False}, authorities=frozenset(), rates=policy.with_groups(["housing_benefit.max_benefit"])
    )
    found = policy.code_faults(policy.parse(text, name="T-076.md"), text, "T-076.md", known)
    assert {(one.field, one.value) for one in found} == {("rates", "a.b"), ("authority", "skat"), ("related", "T-999")}
