"""Tasks as everybody reads them: with their questions and answers, in one language."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from indgang.core.catalogue.models import InstantAnswer, Question, Task
from indgang.core.catalogue.values import AnswerCard, QuestionCard, QuestionOption, TaskCard

T = TypeVar("T", Question, InstantAnswer)


def task(code: str, *, language: str = "da") -> TaskCard | None:
    """One task with its questions and answers in that language; None when there is none of that code."""
    return next(iter(read_cards(Task.objects.filter(code=code), language)), None)


def read_cards(rows: QuerySet[Task], language: str) -> list[TaskCard]:
    """These tasks in three statements."""
    situations = Task.life_situations.through.objects.filter(task=OuterRef("pk")).values("lifesituation_id")
    found: list[Any] = list(rows.select_related("administration").annotate(situations=ArraySubquery(situations)))
    codes = [row.code for row in found]
    questions = _by_task(Question.objects.filter(task__in=codes).order_by("order", "code"))
    answers = _by_task(InstantAnswer.objects.filter(task__in=codes).order_by("code"))
    return [_card(row, language, questions.get(row.code, []), answers.get(row.code, [])) for row in found]


def _by_task(rows: Iterable[T]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = {}
    for row in rows:
        grouped.setdefault(row.task_id, []).append(row)
    return grouped


def _card(row: Any, language: str, questions: list[Question], answers: list[InstantAnswer]) -> TaskCard:
    english = language == "en"
    return TaskCard(
        code=row.code,
        title=row.title,
        title_en=row.title_en,
        shown=row.title_en if english else row.title,
        name=row.name,
        administration=row.administration_id,
        administration_name=row.administration.name,
        group=row.group_id,
        level=row.level,
        placed=row.placed,
        decision=row.decision,
        answer_hours=row.answer_hours,
        follow_up=row.follow_up_id,
        summary=row.summary_en if english else row.summary,
        life_situations=sorted(row.situations),
        questions=[_question(question, english) for question in questions],
        answers=[_answer(answer, english) for answer in answers],
        owner_today=row.owner_today,
        historic=row.historic,
        replaced_by=row.replaced_by,
        frequent=row.frequent,
        is_new=row.is_new,
        in_info_list=row.in_info_list,
    )


def _question(row: Question, english: bool) -> QuestionCard:
    options = [
        QuestionOption(
            code=option["code"],
            text=option["text_en"] if english else option["text"],
            task=option.get("task", ""),
            answer=option.get("answer", ""),
        )
        for option in row.options
    ]
    return QuestionCard(row.code, row.text_en if english else row.text, row.required, options)


def _answer(row: InstantAnswer, english: bool) -> AnswerCard:
    return AnswerCard(
        code=row.code,
        subject=row.subject_en if english else row.subject,
        body=row.body_en if english else row.body,
        link=row.link,
        closes=row.closes,
        offers_call_back=row.offers_call_back,
        phone_unit=row.phone_unit_id,
    )
