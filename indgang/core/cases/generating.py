"""Many invented cases at once, for demo towns and benchmarks: rows only, nothing is sent or offered to anybody.

One statement makes a batch in the database; it is summed up in one event, so it is no news to other modules.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from indgang.core.cases.models import CaseSetting
from indgang.core.cases.opening import level_of
from indgang.core.cases.values import Sensitivity
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import services as runtime

GENERATE = (Path(__file__).parent / "sql" / "generate.sql").read_text()
_BATCH = 20_000
_PEOPLE = 200_000
_OPEN_SHARE = 0.06
_NAMES = ("Ansøgning", "Lejekontrakt", "Årsopgørelse", "Svar fra borgeren", "Notat", "Brev", "Beregning", "Fuldmagt")
_SYLLABLES = ("bo", "ka", "ri", "mel", "tun", "vas", "lin", "dor", "pe", "gru", "fal", "nes", "hus", "tor", "ski")
_TEXT = "{name}. Dette dokument er opfundet til en demoby og handler om ingen."


@dataclass(frozen=True)
class _Place:
    """Where such cases are: task, owner, unit, somebody there, and what is the same for all of them."""

    task: TaskCard
    unit: int
    handler: int | None
    sensitivity: str


def generate(count: int, seed: int, at: datetime) -> int:
    """So many cases of the invented people over five years, most of them closed, each with three documents; how many.

    Without invented people or tasks nobody has cases: 0.
    """
    people = [person.id for person in citizens.invented_people(_PEOPLE)]
    places = _places(at)
    if not people or not places or count <= 0:
        return 0
    drawn = _drawn(places, people, at) | _files(random.Random(seed))  # noqa: S311  (an invented mixture)
    for start in range(0, count, _BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT setseed(%s)", [((seed + start) % 1_000_003) / 1_000_003])
            cursor.execute(GENERATE, drawn | {"count": min(_BATCH, count - start)})
    with transaction.atomic():
        journal.record(
            "cases.generated", at=at, viewer_name=system("generator").name, subject="cases.case:invented",
            data={"count": count, "seed": seed},
        )  # fmt: skip
    return count


def _places(at: datetime) -> list[_Place]:
    """Every task at the unit that follows it up, once for each of up to four people there."""
    rules = CaseSetting.objects.in_bulk()
    units = {unit.id for unit in organisation.units()}
    staff: dict[int, list[int]] = {}
    for card in organisation.employees(at=at):
        staff.setdefault(card.unit_id, []).append(card.id)
    found = []
    for task in catalogue.tasks(at=at):
        if task.follow_up not in units:
            continue
        setting = rules.get(task.code)
        sensitivity = setting.sensitivity if setting else Sensitivity.CONFIDENTIAL.value
        people: Sequence[int | None] = staff.get(task.follow_up or 0, [])[:4] or [None]
        found += [_Place(task, task.follow_up or 0, who, sensitivity) for who in people]
    return found


def _drawn(places: list[_Place], people: Sequence[object], at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "open_share": _OPEN_SHARE,
        "people": people,
        "tasks": [one.task.code for one in places],
        "titles": [one.task.title[:255] for one in places],
        "administrations": [one.task.administration for one in places],
        "units": [one.unit for one in places],
        "handlers": [one.handler for one in places],
        "levels": [level_of(one.task) for one in places],
        "sensitivities": [one.sensitivity for one in places],
    }


def _files(chance: random.Random) -> dict[str, Any]:
    """A few small files that all documents share, and words to find them by."""
    contents = [_TEXT.format(name=name).encode() for name in _NAMES]
    vocabulary = {"".join(chance.choice(_SYLLABLES) for _ in range(4)) for _ in range(6_000)}
    return {
        "names": list(_NAMES),
        "digests": [runtime.store_file(content) for content in contents],
        "sizes": [len(content) for content in contents],
        "lexemes": [name.split()[0].lower() for name in _NAMES],
        "vocabulary": sorted(vocabulary),
    }
