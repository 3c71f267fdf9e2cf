"""Builders for tests of other modules."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from indgang.core.catalogue import indexing, policy, services
from indgang.core.catalogue.models import (
    Authority,
    CardVersion,
    Correction,
    InstantAnswer,
    Law,
    LifeEvent,
    LifeEventTask,
    LifeSituation,
    Phrase,
    Question,
    Rate,
    Saying,
    Setting,
    Task,
)

_BEGINNING = datetime(2005, 1, 1, tzinfo=UTC)


def make_task(
    code: str = "T-076",
    *,
    title: str = "Meld flytning",
    title_en: str = "Report a move",
    group: str = "moving",
    administration: str = "KSR",
    level: int = 2,
    words: Sequence[str] = ("flytte", "ny adresse"),
    words_en: Sequence[str] = (),
    answer_hours: float = 8,
    decision: bool = False,
    placed: str = "rule",
    summary: str = "",
    historic: bool = False,
    replaced_by: str = "",
    life_situations: Sequence[str] = (),
    valid_from: date = date(2005, 1, 1),
    valid_to: date | None = None,
) -> Task:
    """A task with the words that lead to it, found by triage at once; makes its group and administration too."""
    group_row = _related("group").objects.get_or_create(code=group, defaults={"name": group})[0]
    administration_row = _related("administration").objects.get_or_create(
        code=administration, defaults={"name": administration}
    )[0]
    task = Task.objects.create(
        code=code,
        name=title,
        title=title,
        title_en=title_en,
        administration=administration_row,
        group=group_row,
        level=level,
        placed=placed,
        in_info_list=True,
        is_new=False,
        decision=decision,
        summary=summary,
        answer_hours=Decimal(str(answer_hours)),
        historic=historic,
        replaced_by=replaced_by,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    for situation in life_situations:
        task.life_situations.add(LifeSituation.objects.get_or_create(code=situation, defaults={"name": situation})[0])
    for language, phrases in (("da", words), ("en", words_en)):
        Phrase.objects.bulk_create(Phrase(task=task, text=text, language=language) for text in phrases)
    indexing.rebuild(_BEGINNING)
    return task


COLD = ("min mor fryser", "der er koldt i stuen hos far", "hun har ikke raad til brænde", "olien er sluppet op hos ham")
TEETH = ("han mangler tænder", "tandlægen kræver 9000", "min protese er knækket", "hun kan ikke tygge mere")


def make_sayings(many: int = 30) -> None:
    """Heating (T-121) and teeth (T-041), with sentences about them that share no word with what the search knows."""
    for code, word, sentences in (("T-121", "varmetillæg", COLD), ("T-041", "helbredstillæg", TEETH)):
        make_task(code, title=word, words=[word])
        Saying.objects.bulk_create(
            Saying(task_id=code, language="da", text=f"{sentence} {'igen ' * (n % 5)}nr {n} {number}")
            for n in range(many)
            for number, sentence in enumerate(sentences)
        )


def make_taught_triage(at: datetime) -> None:
    """The triage trained on `make_sayings`."""
    make_sayings()
    services.train_if_old(at)


def corrections() -> list[tuple[UUID, str, str]]:
    """What the triage was corrected in: contact, task, and the task it had put first."""
    return list(Correction.objects.order_by("id").values_list("contact", "task_id", "suggested"))


def make_life_event(code: str = "divorce", *, situation: str = "family", tasks: Sequence[str] = ()) -> LifeEvent:
    """A life event with its check-list; its tasks must exist."""
    row = LifeSituation.objects.get_or_create(code=situation, defaults={"name": situation})[0]
    event = LifeEvent.objects.create(code=code, situation=row, name=code, name_en=code)
    LifeEventTask.objects.bulk_create(
        LifeEventTask(event=event, task_id=task, order=order, words=task, words_en=task)
        for order, task in enumerate(tasks)
    )
    return event


def make_notice(
    notice: str = "emergency", *, words: Sequence[str] = ("ambulance", "det brænder"), language: str = "da"
) -> None:
    """Words that lead out of the catalogue: emergency, private or other_authority."""
    Phrase.objects.bulk_create(Phrase(notice=notice, text=text, language=language) for text in words)
    indexing.rebuild(_BEGINNING)


def make_question(
    task: str = "T-076",
    code: str = "when",
    *,
    text: str = "Hvornår flytter du?",
    options: Sequence[dict[str, str]] = (),
) -> Question:
    """A clarifying question; options are {"code", "text", "text_en", "task"?, "answer"?}."""
    return Question.objects.create(
        task_id=task, code=code, order=1, text=text, text_en=text, options=list(options), required=False
    )


def make_answer(
    task: str = "T-076",
    code: str = "link",
    *,
    subject: str = "Sådan melder du flytning",
    body: str = "Du melder flytning på nettet.",
    link: str = "https://flytning.example/",
    closes: bool = True,
    offers_call_back: bool = False,
    phone_unit: int | None = None,
) -> InstantAnswer:
    """An answer a citizen gets at once."""
    return InstantAnswer.objects.create(
        task_id=task,
        code=code,
        subject=subject,
        subject_en=subject,
        body=body,
        body_en=body,
        link=link,
        closes=closes,
        offers_call_back=offers_call_back,
        phone_unit_id=phone_unit,
    )


def make_setting(code: str, value: object) -> Setting:
    """A rule of the municipality that is a value."""
    return Setting.objects.update_or_create(code=code, defaults={"value": value})[0]


SECTIONS = {
    "Kort sagt": "Du fortæller os, hvor du bor. Så finder posten dig.",
    "Sådan gør du": "1. Find borgeren.\n2. Spørg om den nye adresse.\n3. Skriv den ind.\n4. Giv kvitteringen.",
    "Spørg og undersøg": "- Hvornår er flyttedagen?\n- Flytter børn med?",
    "Sig til borgeren": "Din flytning er meldt.",
    "Det skal du have med": "- Legitimation",
    "Gebyr og frister": "Det er gratis. Gebyret ved for sen anmeldelse er {{udfyld: gebyr i kroner}}.",
    "Hvad sker der bagefter": "Folkeregistret skriver adressen ind. Du får svar inden {{udfyld: antal dage}}.",
    "Klage": "Skriv til os, hvis du er uenig. Se også [klage](T-076#klage).",
}


def make_card_text(task: str = "T-076", *, fields: str = "", tables: str = "", **sections: str) -> str:
    """The file of a card in canonical form; `fields` replaces lines of the same name, `sections` by anchor or title."""
    lines = {
        "task": f'task = "{task}"',
        "updated": "updated = 2026-03-01",
        "reviewed": 'reviewed = ""',
        "review_by": "review_by = 2026-09-01",
        "best_channel": 'best_channel = "net"',
        "best_channel_why": 'best_channel_why = "Kvitteringen kommer straks."',
        "self_service": 'self_service = "https://selvbetjening.indgang.example/flytning"',
        **{name: f'{name} = "not_a_benefit"' for name in ("taxable", "income_dependent", "wealth_dependent")},
        "words": 'words = ["vi har fået nyt sted at bo"]',
    }
    lines |= {line.partition(" =")[0]: line for line in fields.split("\n") if line}
    shown = SECTIONS | {title: text for title, text in sections.items() if title in SECTIONS}
    shown |= {_title(anchor): text for anchor, text in sections.items() if anchor not in SECTIONS}
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in shown.items())
    text = "+++\n" + "\n".join(lines.values()) + f"\n{tables}\n+++\n\n{body}\n"
    return policy.write(policy.parse(text, name=f"{task}.md"))


def make_card(task: str = "T-076", *, text: str = "", at: datetime = _BEGINNING) -> CardVersion:
    """A published card as a profile brings it; its task must exist."""
    services.load_cards(texts={f"{task}.md": text or make_card_text(task)}, at=at)
    return CardVersion.objects.get(task=task, state="published")


def make_rate(
    code: str = "housing_benefit.max_benefit",
    amount: int | None = 50760,
    *,
    valid_from: date = date(2026, 1, 1),
    valid_to: date | None = date(2026, 12, 31),
) -> Rate:
    """An amount of a benefit in a period."""
    return Rate.objects.create(
        code=code,
        label=f"Sats {code}",
        amount=None if amount is None else Decimal(amount),
        unit="kr.",
        valid_from=valid_from,
        valid_to=valid_to,
        source="opfundet",
    )


def make_authority(code: str = "skat", *, name: str = "Skatteforvaltningen", phone: str = "") -> Authority:
    """Another authority, its opening hours not filled in."""
    return Authority.objects.create(
        code=code, name=name, what="Skattekort og årsopgørelse", opening="{{udfyld: åbningstider}}", phone=phone
    )


def make_law(title: str = "CPR-loven", *, replaced_by: str = "", checked_on: date | None = None) -> Law:
    """A law of the register."""
    return Law.objects.create(
        code=title.lower().replace(" ", "-"), title=title, replaced_by=replaced_by, checked_on=checked_on
    )


def _title(anchor: str) -> str:
    return next(rule.title for rule in policy.SECTIONS if anchor in (rule.anchor, rule.title))


def _related(field: str) -> Any:
    return Task._meta.get_field(field).related_model
