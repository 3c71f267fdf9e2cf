"""What one can ask the catalogue. It holds no personal data: everybody may read it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from indgang.core.catalogue import triage as own_words
from indgang.core.catalogue.card_around import authorities, rates
from indgang.core.catalogue.card_desk import (
    card_blanks,
    card_drafts,
    card_preview,
    conflict_versions,
    rates_on,
    text_difference,
)
from indgang.core.catalogue.card_differences import card_difference
from indgang.core.catalogue.card_links import laws, link_faults, search_laws
from indgang.core.catalogue.card_lists import (
    card_completeness,
    card_conflicts,
    card_draft,
    card_files,
    card_versions,
    cards_changed,
    cards_to_review,
    cards_waiting,
    may_approve_card,
    owns_card,
)
from indgang.core.catalogue.card_selectors import guidance, guide_state
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
from indgang.core.catalogue.models import LifeSituation, Setting, Task
from indgang.core.catalogue.municipal import SettingRow, settings_under
from indgang.core.catalogue.section_search import search_sections, sections_of
from indgang.core.catalogue.task_cards import read_cards, task
from indgang.core.catalogue.values import (
    LifeSituationCard,
    Suggestion,
    TaskCard,
    TaskHead,
    Triage,
)
from indgang.foundation.access.values import TaskNeed
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import lasting

__all__ = [
    "SettingRow",
    "all_interfaces",
    "authorities",
    "card_blanks",
    "card_completeness",
    "card_conflicts",
    "card_difference",
    "card_draft",
    "card_drafts",
    "card_files",
    "card_preview",
    "card_versions",
    "cards",
    "cards_changed",
    "cards_to_review",
    "cards_waiting",
    "codes",
    "conflict_versions",
    "guidance",
    "guide_state",
    "heads",
    "interface",
    "interfaces",
    "laws",
    "level_in_unit",
    "life_events",
    "life_situations",
    "link_faults",
    "may_approve_card",
    "need",
    "needs",
    "owns_card",
    "planned_levels",
    "principles",
    "rates",
    "rates_on",
    "search",
    "search_laws",
    "search_sections",
    "sections_of",
    "setting",
    "settings_under",
    "subtask",
    "subtasks",
    "task",
    "task_depth",
    "task_lines",
    "tasks",
    "text_difference",
    "triage",
]

_ALL_FACTS = (
    "SELECT code, title, group_id, answer_hours, administration_id, decision, level FROM catalogue_task ORDER BY code"
)
_SOME_FACTS = _ALL_FACTS.replace("ORDER BY", "WHERE code = ANY(%(codes)s::varchar[]) ORDER BY")
GENERAL = "general"  # the competence group of an inquiry nobody has tied to a task yet


class _Facts(NamedTuple):
    """What is asked of a task most often."""

    head: TaskHead
    owner: str
    decision: bool  # whether level 2 decides
    ceiling: int


def triage(text: str, *, language: str = "da", channel: str | None = None, at: datetime) -> Triage:
    """From own words to tasks (best first, at most 5), to a question, or to none. The channel changes nothing."""
    return own_words.triage(text, language=language if language == "en" else "da", at=at)


def search(q: str, language: str = "da", limit: int = 10, *, at: datetime | None = None) -> list[Suggestion]:
    """Tasks the words lead to, best first, historic ones among them."""
    return own_words.ranked(q, language=language if language == "en" else "da", at=at or clock.now(), limit=limit)


def cards(codes: Iterable[str], *, language: str = "da") -> dict[str, TaskCard]:
    """These tasks with their questions and answers, by code, in one statement however many they are."""
    wanted, known = set(codes), _cards_read(language)
    missing = wanted - known.keys()
    if missing:
        known |= {card.code: card for card in read_cards(missing, language)}
    return {code: known[code] for code in sorted(wanted & known.keys())}


def heads(codes: Iterable[str]) -> dict[str, TaskHead]:
    """The Danish titles, groups and hours of these tasks, by code, in one statement."""
    wanted = set(codes)
    known = _facts_of(wanted)
    return {code: known[code].head for code in sorted(wanted & known.keys())}


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
        return read_cards(rows.values_list("code", flat=True), language)
    moment = at if isinstance(at, datetime) else datetime.combine(day, datetime.min.time(), clock.COPENHAGEN)
    order = [found.task_id for found in search(q, language, 50, at=moment)]
    cards = {
        card.code: card for card in read_cards(rows.filter(code__in=order).values_list("code", flat=True), language)
    }
    return [cards[code] for code in order if code in cards]


def life_situations(language: str = "da") -> list[LifeSituationCard]:
    """The life situations in the order they are shown."""
    return [
        LifeSituationCard(row.code, row.name_en if language == "en" else row.name)
        for row in LifeSituation.objects.order_by("order", "code")
    ]


def codes() -> set[str]:
    """The codes of all tasks, historic ones among them."""
    return set(_codes())


def all_needs(levels: Iterable[int]) -> list[TaskNeed]:
    """What settling each task at each level asks, historic ones among them, by code."""
    return list(_all_needs(tuple(levels)))


def need(task_code: str, level: int) -> TaskNeed:
    """What settling this task at this level asks of an employee. Level 3 is discretion and always a decision."""
    found = needs([task_code], [level])
    if not found:
        raise TaskNotFound(task=task_code)
    return found[0]


def needs(task_codes: Iterable[str], levels: Iterable[int]) -> list[TaskNeed]:
    """What settling each of these tasks at each level asks, in one statement; unknown tasks are left out."""
    codes, wanted = set(task_codes), tuple(levels)
    known = _facts_of(codes - {""})
    found = [_need_of(known[code], level) for code in sorted(codes & known.keys()) for level in wanted]
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


def setting(code: str, default: Any = None) -> Any:
    """A rule of the municipality that is a value: setting("contacts.reopen_days", 14), or just "reopen_days"."""
    said = _said(code)
    return said[0] if said else default


@lasting("catalogue_setting")
def _said(code: str) -> tuple[Any, ...]:
    rows = dict(Setting.objects.filter(Q(code=code) | Q(code__endswith=f".{code}")).values_list("code", "value"))
    return (rows[min(rows, key=lambda found: (len(found), found))],) if rows else ()


@lasting("catalogue_task")
def _codes() -> frozenset[str]:
    return frozenset(Task.objects.values_list("code", flat=True))


@lasting("catalogue_task")
def _all_needs(levels: tuple[int, ...]) -> tuple[TaskNeed, ...]:
    return tuple(_need_of(facts, level) for facts in _read_facts(_ALL_FACTS, {}).values() for level in levels)


def _facts_of(codes: set[str]) -> dict[str, _Facts]:
    """At least of these tasks, as far as there are such."""
    known = _facts_read()
    missing = codes - known.keys()
    if missing:
        known |= _read_facts(_SOME_FACTS, {"codes": list(missing)})
    return known


@lasting("catalogue_task")
def _facts_read() -> dict[str, _Facts]:
    return {}  # filled as tasks are asked for


@lasting(
    "catalogue_task",
    "catalogue_task_life_situations",
    "catalogue_question",
    "catalogue_instantanswer",
    "organisation_administration",
)
def _cards_read(_language: str) -> dict[str, TaskCard]:
    return {}


def _read_facts(statement: str, asked: dict[str, list[str]]) -> dict[str, _Facts]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    return {row[0]: _Facts(TaskHead(*row[:4]), *row[4:]) for row in rows}


def _need_of(facts: _Facts, level: int) -> TaskNeed:
    return _need(facts.head.code, facts.head.group, facts.owner, facts.decision, facts.ceiling, level)


def _need(code: str, group: str, owner: str, decision: bool, ceiling: int, level: int) -> TaskNeed:
    return TaskNeed(code, group, owner, level, decision=level >= 3 or (level == 2 and decision), ceiling=ceiling)
