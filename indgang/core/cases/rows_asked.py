"""What a list of cases is asked for, as a hand-written statement: conditions in texts of our own, values beside."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.core.cases.case_values import CaseQuery, Due, Sort
from indgang.core.cases.errors import UnknownValue, WrongCaseCursor, WrongNumberAsked
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.presenting import Listed
from indgang.core.cases.seeing import seen_by, statement
from indgang.core.cases.values import Progress, Waiting
from indgang.core.cases.writing import clean, line
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Actor, Viewer
from indgang.foundation.runtime import clock

_NUMBERED = 7  # digits: shorter ones are words of a title
_ALONG = "SELECT case_id FROM cases_casehandler WHERE employee_id = %s AND valid_to IS NULL"
_WORDS = "to_tsvector('danish', COALESCE(c.title, '')) @@ to_tsquery('danish', %(words)s)"
_PLAIN = {"unit": "unit_id", "administration": "administration_id", "task": "task_id", "handler": "handler_id",
          "person": "person_id", "progress": "progress"}  # fmt: skip


@dataclass
class Asked:
    """The rows of a list: conditions that must all hold, the order of an index, and the values they speak of."""

    ordered: str
    conditions: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **facts: object) -> None:
        """One condition more."""
        self.conditions.append(condition)
        self.facts |= facts

    def rows(self, sort: str, cursor: str, size: int) -> list[Listed]:
        """So many of them from where the last page ended. Raises WrongCaseCursor."""
        after, last = _after(sort, cursor)
        told = self._told("case_rows", {"size": size, **last}, after)
        return [Listed._make(row) for row in told]

    def count(self, longest: int) -> int:
        """How many there are, counted no further than that."""
        [[found]] = self._told("case_count", {"size": longest})
        return int(found)

    def _told(self, name: str, facts: dict[str, Any], after: str = "") -> list[Any]:
        asked = " AND ".join(self.conditions) or "true"
        texts = {"{asked}": asked, "{after}": after, "{ordered}": self.ordered}
        said = statement(name)
        for place, text in texts.items():
            said = said.replace(place, text)
        with connection.cursor() as cursor:
            cursor.execute(said, {**self.facts, **facts})
            found: list[Any] = cursor.fetchall()
        return found


def rows_asked(viewer: Viewer, query: CaseQuery, at: datetime) -> Asked:
    """The rows a query asks for, of those this viewer may see; a number finds its case, ended or not.

    Raises NotFound for who is not staff, UnknownValue for a filter there is not.
    """
    facts = seen_by(viewer, at)
    by_number = bool(normal_number(line(query.q, 120)))
    asked = Asked(_ordered(query.sort, by_words=bool(query.q.strip()) and not by_number), facts=facts)
    if not by_number:
        asked.add("c.progress = 'closed'" if query.closed else "c.progress <> 'closed'")
    _narrow(asked, viewer, query, at)
    if not (viewer.is_system or _is_own_work(viewer.actor, query, asked)):
        asked.add(statement("seen_of_many"))
    return asked


def words_asked(text: str) -> str:
    """Words that begin like these, all of them; quoted, so that what somebody types is never read as an operator."""
    said = [word.replace("\\", " ").replace("'", "''") for word in text.split()[:6] if any(c.isalnum() for c in word)]
    return " & ".join(f"'{word}':*" if len(word) > 1 else f"'{word}'" for word in said)


def known_value(value: str, kind: type, field: str) -> str | None:
    """The value, if the kind has it; None for none. Raises UnknownValue."""
    values: list[str] = kind.values  # type: ignore[attr-defined]
    if not value:
        return None
    if value not in values:
        raise UnknownValue(field=field, value=line(value, 40), known=", ".join(values))
    return value


def _narrow(asked: Asked, viewer: Viewer, query: CaseQuery, at: datetime) -> None:
    if query.mine:
        _mine(asked, viewer, query, at)
    plain: dict[str, object] = {
        "unit": query.unit,
        "administration": clean(query.administration) or None,
        "task": clean(query.task) or None,
        "handler": query.handler,
        "person": query.person,
        "progress": known_value(query.progress, Progress, "progress"),
    }
    for name, value in plain.items():
        if value is not None:
            asked.add(f"c.{_PLAIN[name]} = %({name})s", **{name: value})
    if query.nobodys:
        asked.add("c.handler_id IS NULL")
    if query.waiting:
        _waiting(asked, query.waiting)
    if query.due:
        _due(asked, query.due, at)
    _matching(asked, line(query.q, 120))


def _mine(asked: Asked, viewer: Viewer, query: CaseQuery, at: datetime) -> None:
    if viewer.actor is None:
        asked.add("false")
        return
    me = viewer.actor.employee
    people = {me}
    if query.standing_in:
        people |= {absent for absent, substitutes in organisation.standing_in(at).items() if me in substitutes}
    mine = "c.handler_id = %(me)s" if people == {me} else "c.handler_id = ANY(%(people)s::bigint[])"
    along = _taken_along(me)
    either = f"({mine} OR c.id = ANY(%(along)s::uuid[]))" if along else mine
    asked.add(either, people=sorted(people), along=along)


def _taken_along(employee: int) -> list[UUID]:
    """The cases others handle and this employee works on."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONG, [employee])
        return [row[0] for row in cursor.fetchall()]


def _is_own_work(actor: Actor | None, query: CaseQuery, asked: Asked) -> bool:
    """Whether the query itself asks for nothing but what its viewer handles, works along on, or their unit has."""
    if actor is None:
        return False
    alone = query.mine and asked.facts["people"] == [actor.employee]
    return alone or query.handler == actor.employee or asked.facts.get("unit") in asked.facts["units"]


def _waiting(asked: Asked, waiting: str) -> None:
    if waiting == "any":
        asked.add("c.waiting <> ''")
    else:
        asked.add("c.waiting = %(waiting)s", waiting=known_value(waiting, Waiting, "waiting"))


def _due(asked: Asked, due: str, at: datetime) -> None:
    today = clock.local(at).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), tzinfo=clock.COPENHAGEN)
    wanted = known_value(due, Due, "due")
    asked.add("c.progress IN ('opened', 'informed')")
    if wanted == Due.OVERDUE:
        asked.add("c.deadline < %(now)s", now=at)
        return
    last = midnight if wanted == Due.TODAY else midnight + timedelta(days=6)
    asked.add("c.deadline < %(until)s", until=last)
    if wanted != Due.SOON:
        asked.add("c.deadline >= %(now)s", now=at)


def _matching(asked: Asked, text: str) -> None:
    number = normal_number(text)
    if not text:
        return
    if number:
        asked.add("c.number = %(number)s", number=number)
        return
    if sum(sign.isdigit() for sign in text) > _NUMBERED and not any(sign.isalpha() for sign in text):
        raise WrongNumberAsked(number=text[:20])
    words = words_asked(text)
    asked.add(_WORDS if words else "false", words=words)


def _ordered(sort: str, *, by_words: bool) -> str:
    """In the order of an index; `by_words` in that of an expression, or words that many titles have are looked for
    along the whole order instead of in the index of words."""
    wanted = known_value(sort or Sort.DEADLINE, Sort, "sort")
    key = "c.id::varchar" if by_words else "c.id"
    if wanted == Sort.DEADLINE:  # without a deadline last, as the index has them
        return f"c.deadline + interval '0', {key}" if by_words else f"c.deadline, {key}"
    return f"{key} DESC" if wanted == Sort.NEWEST else key


def _after(sort: str, cursor: str) -> tuple[str, dict[str, Any]]:
    if not cursor:
        return "true", {}
    moment, _, key = cursor.rpartition("~")
    try:
        last = UUID(key)
        due = datetime.fromtimestamp(float(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        raise WrongCaseCursor from None
    facts = {"last": last, "last_due": due}
    if sort in {Sort.NEWEST, Sort.OLDEST}:
        return "c.id < %(last)s" if sort == Sort.NEWEST else "c.id > %(last)s", facts
    if due is None:
        return "c.deadline IS NULL AND c.id > %(last)s", facts
    return (
        "(c.deadline > %(last_due)s OR (c.deadline = %(last_due)s AND c.id > %(last)s) OR c.deadline IS NULL)",
        facts,
    )
