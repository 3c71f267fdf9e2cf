"""What one can ask the catalogue. It holds no personal data: everybody may read it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

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

NeedFacts = tuple[str, str, bool, int]  # group, owner, whether level 2 decides, ceiling
GENERAL = "general"  # the competence group of an inquiry nobody has tied to a task yet


def triage(text: str, *, language: str = "da", channel: str | None = None, at: datetime) -> Triage:
    """From own words to tasks (best first, at most 5), to a question, or to none. The channel changes nothing."""
    return own_words.triage(text, language=language if language == "en" else "da", at=at)


def search(q: str, language: str = "da", limit: int = 10, *, at: datetime | None = None) -> list[Suggestion]:
    """Tasks the words lead to, best first, historic ones among them."""
    return own_words.ranked(q, language=language if language == "en" else "da", at=at or clock.now(), limit=limit)


def cards(codes: Iterable[str], *, language: str = "da") -> dict[str, TaskCard]:
    """These tasks with their questions and answers, by code, in a few statements however many they are."""
    wanted, known = set(codes), _cards_read(language)
    missing = wanted - known.keys()
    if missing:
        known |= {card.code: card for card in read_cards(Task.objects.filter(code__in=missing), language)}
    return {code: known[code] for code in sorted(wanted & known.keys())}


def heads(codes: Iterable[str]) -> dict[str, TaskHead]:
    """The Danish titles, groups and hours of these tasks, by code, in one statement."""
    wanted, known = set(codes), _heads_read()
    missing = wanted - known.keys()
    if missing:
        rows = Task.objects.filter(code__in=missing).values_list("code", "title", "group_id", "answer_hours")
        known |= {row[0]: TaskHead(*row) for row in rows}
    return {code: known[code] for code in sorted(wanted & known.keys())}


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
        return read_cards(rows.order_by("code"), language)
    moment = at if isinstance(at, datetime) else datetime.combine(day, datetime.min.time(), clock.COPENHAGEN)
    order = [found.task_id for found in search(q, language, 50, at=moment)]
    cards = {card.code: card for card in read_cards(rows.filter(code__in=order), language)}
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
    codes, wanted, known = set(task_codes), tuple(levels), _facts_read()
    missing = codes - known.keys() - {""}
    if missing:
        known |= _need_facts(missing)
    found = [_need(code, *known[code], level) for code in sorted(codes & known.keys()) for level in wanted]
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
    return tuple(_need(code, *facts, level) for code, facts in _need_facts(None).items() for level in levels)


@lasting("catalogue_task")
def _facts_read() -> dict[str, NeedFacts]:
    return {}  # filled as tasks are asked for


@lasting("catalogue_task")
def _heads_read() -> dict[str, TaskHead]:
    return {}


@lasting(
    "catalogue_task",
    "catalogue_task_life_situations",
    "catalogue_question",
    "catalogue_instantanswer",
    "organisation_administration",
)
def _cards_read(_language: str) -> dict[str, TaskCard]:
    return {}


def _need_facts(codes: Collection[str] | None) -> dict[str, NeedFacts]:
    """Of these tasks (None: of all), by code in order."""
    rows = Task.objects.order_by("code").values_list("code", "group_id", "administration_id", "decision", "level")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return {code: (group, owner, decision, ceiling) for code, group, owner, decision, ceiling in rows}


def _need(code: str, group: str, owner: str, decision: bool, ceiling: int, level: int) -> TaskNeed:
    return TaskNeed(code, group, owner, level, decision=level >= 3 or (level == 2 and decision), ceiling=ceiling)
