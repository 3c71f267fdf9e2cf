"""Loads a municipality from its folder of tables: everything is checked first, then all of it is written or nothing.

Loading the same profile again changes nothing; a changed file changes just its rows.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from indgang.assembly import profiles_checks as checks
from indgang.assembly.profiles_reading import Fault, Folder, read
from indgang.core.cases import services as cases
from indgang.core.catalogue import selectors as catalogue_rows
from indgang.core.catalogue import services as catalogue
from indgang.core.citizens import services as citizens
from indgang.core.contacts import services as contacts
from indgang.core.organisation import services as organisation
from indgang.core.routing import services as routing
from indgang.desks.planning import services as planning
from indgang.entrances.mail import services as mail
from indgang.foundation.access import services as access
from indgang.foundation.letters import services as letters
from indgang.foundation.runtime.errors import DomainError

DEMO_PASSWORD = "indgang-demo"  # noqa: S105 (printed at the start of a demo town; no other account has it)
MOST_FAULTS = 50
EMPLOYEES = "profile.employees"  # the setting that remembers whom the last profile brought
DAYS = "profile.changed_days"  # and which days with other hours
_NO_FACTS: dict[str, Any] = {
    "not_placed_reason": "", "volume": None, "volume_source": "", "minutes": None, "minutes_source": "",
    "authority": "", "legal_basis": "", "central": False, "central_until": None,
}  # fmt: skip
TRAIN_TRIAGE = "assembly.train_triage"  # the job that learns from new words
_LOCK = 724_111  # one profile at a time over all processes


class ProfileMissing(DomainError):
    """Profilen {name} findes ikke. Vælg mellem: {choices}."""

    code = "S1"
    status = 404


class ProfileFaulty(DomainError):
    """Profilen {name} er ikke indlæst, for den har {count} fejl. Intet er ændret."""

    code = "S2"
    status = 422

    def __init__(self, *, name: str, faults: list[Fault]) -> None:
        self.count = len(faults)
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))[:MOST_FAULTS]
        super().__init__(name=name, count=len(faults))

    def lines(self) -> list[str]:
        """The faults as sentences, and how many are not shown."""
        shown = [str(fault) for fault in self.faults]
        if self.count > len(shown):
            shown.append(f"… og {self.count - len(shown)} fejl mere.")
        return shown


@dataclass(frozen=True)
class Report:
    """What loading changed, per kind of row."""

    name: str
    changes: dict[str, int] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)  # cards written on by hand whose file has changed: left alone

    @property
    def changed(self) -> int:
        """How many rows changed in all; 0 at the second load."""
        return sum(self.changes.values())


def load(name: str, *, at: datetime) -> Report:
    """Bring the municipality to what the profile says.

    Raises ProfileMissing, or ProfileFaulty with every fault; both change nothing.
    """
    folder = checked(name)
    rows = _rows(folder)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        rows["former_employees"] = [{"username": one} for one in catalogue_rows.setting(EMPLOYEES, [])]
        rows["former_days"] = catalogue_rows.setting(DAYS, [])
        changes = organisation.load_profile(rows, at=at, password=DEMO_PASSWORD if settings.INDGANG_DEMO else None)
        changes |= catalogue.load_profile(rows, at=at, cards=folder.cards)
        changes |= citizens.load_profile(rows, at=at)
        changes |= cases.load_profile(rows, at=at)
        changes |= contacts.load_profile(rows, at=at)
        changes |= mail.load_profile(rows, at=at)
        changes |= routing.load_profile(rows, at=at)
        changes |= letters.load_profile(rows, at=at)
        changes |= planning.load_profile(rows, at=at)
        changes["instruction"] = _instruction(name, at)
    return Report(name, changes, catalogue_rows.card_conflicts())


def checked(name: str) -> Folder:
    """The profile as read, when it has no fault."""
    path = settings.INDGANG_PROFILES / name
    if not re.fullmatch(r"[a-z0-9_-]+", name) or not path.is_dir():
        choices = sorted(each.name for each in settings.INDGANG_PROFILES.glob("*") if each.is_dir())
        raise ProfileMissing(name=name, choices=", ".join(choices))
    folder = read(path)
    checks.check(folder)
    if folder.faults:
        raise ProfileFaulty(name=name, faults=folder.faults)
    return folder


def _rows(folder: Folder) -> dict[str, list[dict[str, Any]]]:
    rows = {name: [dict(one.cells) for one in lines] for name, lines in folder.lines.items()}
    rows["tasks"] = _tasks(rows)
    rows["phrases"] = [_phrase(row) for row in rows["phrases"]]
    rows["sayings"] = [_phrase(row) for row in rows["sayings"]]
    rows["questions"] = [{**row, "options": _options(row, rows["question_options"])} for row in rows["questions"]]
    rows["answers"] = [
        {
            **row,
            "body": folder.bodies[row["task"], row["code"], "da"],
            "body_en": folder.bodies[row["task"], row["code"], "en"],
        }
        for row in rows["answers"]
    ]
    rows["letter_templates"] = [
        {**row, "body": folder.letters[row["code"], row["language"]]} for row in rows["letter_templates"]
    ]
    rows["changed_days"] = [_changed_day(row) for row in rows["changed_days"]]
    rows["authorisations"] = _authorisations(rows)
    remembered = sorted(row["username"] for row in rows["employees"])
    rows["settings"] = [{"code": code, "value": value} for code, value in folder.settings.items()]
    rows["settings"].append({"code": EMPLOYEES, "value": remembered})
    rows["settings"].append({"code": DAYS, "value": [_named_day(row) for row in rows["changed_days"] if row["year"]]})
    return rows


def _instruction(name: str, at: datetime) -> int:
    """The security instruction a new municipality begins with; a profile may come without."""
    danish, english = (settings.INDGANG_PROFILES / name / f"instruction.{code}.txt" for code in ("da", "en"))
    if not (danish.is_file() and english.is_file()):
        return 0
    return int(access.bring_instruction(text=danish.read_text(), text_en=english.read_text(), at=at))


def _tasks(rows: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    told = {row["code"]: row for row in rows["tasks_text"]}
    empty = {"summary": "", "summary_en": ""}
    facts = {row["code"]: row for row in rows["task_facts"]}
    lists = set(checks.LISTS.values())
    return [
        {
            **{column: value for column, value in row.items() if column not in lists},
            **{column: told.get(row["code"], empty)[column] for column in empty},
            **(_NO_FACTS | facts.get(row["code"], {})),
            "placed": checks.placed(row),
        }
        for row in rows["tasks"]
    ]


def _phrase(row: dict[str, Any]) -> dict[str, Any]:
    leads_out = row["task"].startswith("!")
    return {**row, "task": "" if leads_out else row["task"], "notice": row["task"][1:] if leads_out else ""}


def _options(question: dict[str, Any], options: list[dict[str, Any]]) -> list[dict[str, str]]:
    found = []
    for option in options:
        if (option["task"], option["question"]) == (question["task"], question["code"]):
            kept = {"code": option["code"], "text": option["text"], "text_en": option["text_en"]}
            leads = {"task": option["goes_to"], "answer": option["answer"]}
            found.append(kept | {name: value for name, value in leads.items() if value})
    return found


def _changed_day(row: dict[str, Any]) -> dict[str, Any]:
    year, month, day = row["day"]
    return row | {"year": year, "month": month, "day": day}


def _named_day(row: dict[str, Any]) -> dict[str, str]:
    return {"unit": row["unit"], "day": f"{row['year']:04}-{row['month']:02}-{row['day']:02}"}


def _authorisations(rows: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    tasks = {row["code"] for row in rows["tasks"]}
    return [
        {
            **row,
            "task": row["task_or_group"] if row["task_or_group"] in tasks else "",
            "group": "" if row["task_or_group"] in tasks else row["task_or_group"],
        }
        for row in rows["authorisations"]
    ]
