"""What one can ask the catalogue. It holds no personal data: everybody may read it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from indgang.core.catalogue import triage as own_words
from indgang.core.catalogue.depth import (
    all_interfaces,
    interface,
    interfaces,
    level_in_unit,
    life_events,
    planned_levels,
    principles,
    subtask,
    subtasks,
    task_depth,
    task_lines,
)
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.catalogue.models import InstantAnswer, LifeSituation, Question, Setting, Task
from indgang.core.catalogue.municipal import SettingRow, settings_under
from indgang.core.catalogue.values import (
    AnswerCard,
    LifeSituationCard,
    QuestionCard,
    QuestionOption,
    Suggestion,
    TaskCard,
    TaskHead,
    Triage,
)
from indgang.foundation.access.values import TaskNeed
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembered

__all__ = [
    "SettingRow",
    "all_interfaces",
    "cards",
    "codes",
    "heads",
    "interface",
    "interfaces",
    "level_in_unit",
    "life_events",
    "life_situations",
    "need",
    "needs",
    "planned_levels",
    "principles",
    "search",
    "setting",
    "settings_under",
    "subtask",
    "subtasks",
    "task",
    "task_depth",
    "task_lines",
    "tasks",
    "triage",
]

T = TypeVar("T", Question, InstantAnswer)

GENERAL = "general"  # the competence group of an inquiry nobody has tied to a task yet


def triage(text: str, *, language: str = "da", channel: str | None = None, at: datetime) -> Triage:
    """From own words to tasks (best first, at most 5), to a question, or to none. The channel changes nothing."""
    return own_words.triage(text, language=language if language == "en" else "da", at=at)


def search(q: str, language: str = "da", limit: int = 10, *, at: datetime | None = None) -> list[Suggestion]:
    """Tasks the words lead to, best first, historic ones among them."""
    return own_words.ranked(q, language=language if language == "en" else "da", at=at or clock.now(), limit=limit)


def task(code: str, *, language: str = "da") -> TaskCard | None:
    """One task with its questions and answers in that language; None when there is none of that code."""
    return next(iter(_cards(Task.objects.filter(code=code), language)), None)


def cards(codes: Iterable[str], *, language: str = "da") -> dict[str, TaskCard]:
    """These tasks with their questions and answers, by code, in a few statements however many they are."""
    return dict(_known_cards(frozenset(codes), language))


def heads(codes: Iterable[str]) -> dict[str, TaskHead]:
    """The Danish titles, groups and hours of these tasks, by code, in one statement."""
    return dict(_heads(frozenset(codes)))


def tasks(
    *,
    at: datetime | date,
    life_situation: str | None = None,
    administration: str | None = None,
    q: str | None = None,
    language: str = "da",
) -> list[TaskCard]:
    """The tasks in force that day, by code; with `q` those the words lead to, best first."""
    day = clock.local(at).date() if isinstance(at, datetime) else at
    rows = Task.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    if life_situation:
        rows = rows.filter(life_situations=life_situation)
    if administration:
        rows = rows.filter(administration_id=administration)
    if not q:
        return _cards(rows.order_by("code"), language)
    moment = at if isinstance(at, datetime) else datetime.combine(day, datetime.min.time(), clock.COPENHAGEN)
    order = [found.task_id for found in search(q, language, 50, at=moment)]
    cards = {card.code: card for card in _cards(rows.filter(code__in=order), language)}
    return [cards[code] for code in order if code in cards]


def life_situations(language: str = "da") -> list[LifeSituationCard]:
    """The life situations in the order they are shown."""
    return [
        LifeSituationCard(row.code, row.name_en if language == "en" else row.name)
        for row in LifeSituation.objects.order_by("order", "code")
    ]


def codes() -> set[str]:
    """The codes of all tasks, historic ones among them."""
    return set(Task.objects.values_list("code", flat=True))


def need(task_code: str, level: int) -> TaskNeed:
    """What settling this task at this level asks of an employee. Level 3 is discretion and always a decision."""
    found = needs([task_code], [level])
    if not found:
        raise TaskNotFound(task=task_code)
    return found[0]


def needs(task_codes: Iterable[str], levels: Iterable[int]) -> list[TaskNeed]:
    """What settling each of these tasks at each level asks, in one statement; unknown tasks are left out."""
    codes, wanted = set(task_codes), tuple(levels)
    rows = Task.objects.filter(code__in=codes - {""}).order_by("code")
    found = [
        _need(code, group, owner, decision, ceiling, level)
        for code, group, owner, decision, ceiling in rows.values_list(
            "code", "group_id", "administration_id", "decision", "level"
        )
        for level in wanted
    ]
    if "" in codes:
        found += [TaskNeed(task="", group=GENERAL, owner="", level=level, decision=False) for level in wanted]
    return found


def needs_of(known: Iterable[TaskCard], levels: Iterable[int]) -> list[TaskNeed]:
    """The same of tasks one has the cards of already."""
    wanted = tuple(levels)
    return [
        _need(card.code, card.group, card.administration, card.decision, card.level, level)
        for card in known
        for level in wanted
    ]


@remembered
def setting(code: str, default: Any = None) -> Any:
    """A rule of the municipality that is a value: setting("contacts.reopen_days", 14), or just "reopen_days"."""
    rows = dict(Setting.objects.filter(Q(code=code) | Q(code__endswith=f".{code}")).values_list("code", "value"))
    return rows[min(rows, key=lambda found: (len(found), found))] if rows else default


def _need(code: str, group: str, owner: str, decision: bool, ceiling: int, level: int) -> TaskNeed:
    return TaskNeed(code, group, owner, level, decision=level >= 3 or (level == 2 and decision), ceiling=ceiling)


@remembered
def _heads(codes: frozenset[str]) -> dict[str, TaskHead]:
    rows = Task.objects.filter(code__in=codes).values_list("code", "title", "group_id", "answer_hours")
    return {row[0]: TaskHead(*row) for row in rows}


@remembered
def _known_cards(codes: frozenset[str], language: str) -> dict[str, TaskCard]:
    return {card.code: card for card in _cards(Task.objects.filter(code__in=codes), language)}


def _cards(rows: QuerySet[Task], language: str) -> list[TaskCard]:
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
