"""Tasks as everybody reads them: with their questions and answers, in one language."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from indgang.core.catalogue.values import AnswerCard, QuestionCard, QuestionOption, TaskCard

_SQL = (Path(__file__).parent / "sql" / "task_cards.sql").read_text(encoding="utf-8")


def task(code: str, *, language: str = "da") -> TaskCard | None:
    """One task with its questions and answers in that language; None when there is none of that code."""
    return next(iter(read_cards([code], language)), None)


def read_cards(codes: Iterable[str], language: str) -> list[TaskCard]:
    """These tasks by code, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"codes": list(codes)})
        rows = cursor.fetchall()
    return [_card(row, language == "en") for row in rows]


def _card(row: tuple[Any, ...], english: bool) -> TaskCard:
    (
        code, title, title_en, name, administration, administration_name, group, level, placed, decision, answer_hours,
        follow_up, summary, summary_en, owner_today, historic, replaced_by, frequent, is_new, in_info_list,
        situations, questions, answers,
    ) = row  # fmt: skip
    return TaskCard(
        code=code,
        title=title,
        title_en=title_en,
        shown=title_en if english else title,
        name=name,
        administration=administration,
        administration_name=administration_name,
        group=group,
        level=level,
        placed=placed,
        decision=decision,
        answer_hours=answer_hours,
        follow_up=follow_up,
        summary=summary_en if english else summary,
        life_situations=sorted(situations),
        questions=[_question(english, *facts) for facts in json.loads(questions or "[]")],
        answers=[_answer(english, *facts) for facts in json.loads(answers or "[]")],
        owner_today=owner_today,
        historic=historic,
        replaced_by=replaced_by,
        frequent=frequent,
        is_new=is_new,
        in_info_list=in_info_list,
    )


def _question(
    english: bool, code: str, text: str, text_en: str, required: bool, listed: list[dict[str, str]]
) -> QuestionCard:
    options = [
        QuestionOption(
            code=option["code"],
            text=option["text_en"] if english else option["text"],
            task=option.get("task", ""),
            answer=option.get("answer", ""),
        )
        for option in listed
    ]
    return QuestionCard(code, text_en if english else text, required, options)


def _answer(
    english: bool,
    code: str,
    subject: str,
    subject_en: str,
    body: str,
    body_en: str,
    link: str,
    closes: bool,
    offers_call_back: bool,
    phone_unit: int | None,
) -> AnswerCard:
    return AnswerCard(
        code=code,
        subject=subject_en if english else subject,
        body=body_en if english else body,
        link=link,
        closes=closes,
        offers_call_back=offers_call_back,
        phone_unit=phone_unit,
    )
