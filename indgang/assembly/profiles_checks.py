"""What must hold between the files of a profile."""

from collections import Counter
from typing import Any

from indgang.assembly.profiles_letters import check_letters
from indgang.assembly.profiles_reading import Folder, Read
from indgang.assembly.profiles_sheets import POINTERS, SHEETS
from indgang.core.catalogue import policy as cards
from indgang.core.catalogue.errors import CardFaulty
from indgang.core.catalogue.selectors import GENERAL
from indgang.core.contacts.values import FIELDS, unknown_fields
from indgang.foundation.access.values import EXCLUSIVE_ROLES

LISTS = {"rule": "in_rule_list", "po": "in_po_list", "not_placed": "in_not_placed_list"}
PLANS = {"plan 2005": "district", "decision 2006": "district_2006"}  # variant -> the column of streets.csv
# The plan's own sums (requirement cat.partition): a slip in one row shows as a wrong sum.
PARTITION = {"copenhagen": {"rule": 34, "po": 14, "not_placed": 81, "info": 9}}


def check(folder: Folder) -> None:
    """Note every fault between the files."""
    for name, sheet in SHEETS.items():
        _once(folder, name, sheet.key)
    for (name, column), other in POINTERS.items():
        _points(folder, name, column, other)
    _tasks(folder)
    _legal_basis(folder)
    _periods(folder)
    _hours(folder)
    _people(folder)
    _questions(folder)
    _phrases(folder)
    _replies(folder)
    _streets(folder)
    _cards(folder)
    check_letters(folder)


def placed(cells: dict[str, Any]) -> str:
    """The one list a task stands in; "" when it stands in none or in several."""
    marked = [kind for kind, column in LISTS.items() if cells.get(column)]
    if not marked and cells.get("in_info_list"):
        return "info"
    return marked[0] if len(marked) == 1 else ""


def codes(folder: Folder, name: str) -> set[Any]:
    """What the first column of a file holds."""
    first = SHEETS[name].key[0]
    return {one.cells[first] for one in folder.lines[name] if first in one.cells}


def _once(folder: Folder, name: str, key: tuple[str, ...]) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for one in folder.lines[name]:
        if not all(column in one.cells for column in key):
            continue
        value = tuple(one.cells[column] for column in key)
        if value in seen:
            remedy = f"Står allerede i linje {seen[value]}. Fjern den ene."
            shown = ", ".join(str(part) for part in value if part not in ("", None))
            folder.blame(f"{name}.csv", one.line, "+".join(key), shown, remedy)
        seen.setdefault(value, one.line)


def _points(folder: Folder, name: str, column: str, other: str) -> None:
    known = codes(folder, other)
    for one in folder.lines[name]:
        value = one.cells.get(column) or []
        for each in value if isinstance(value, list) else [value]:
            if each not in known:
                remedy = f"Findes ikke i {other}.csv. Tilføj den der, eller ret koden."
                folder.blame(f"{name}.csv", one.line, column, each, remedy)


def _tasks(folder: Folder) -> None:
    sums: Counter[str] = Counter()
    described = codes(folder, "tasks_text")
    for one in folder.lines["tasks"]:
        kind = placed(one.cells)
        sums[kind] += 1
        if not kind:
            _blame_lists(folder, one)
        if one.cells.get("historic") and not one.cells.get("replaced_by"):
            remedy = "En historisk opgave skal sige, hvad der kom i stedet."
            folder.blame("tasks.csv", one.line, "replaced_by", "", remedy)
        if described and one.cells.get("code") not in described:
            folder.blame("tasks.csv", one.line, "code", one.cells.get("code"), "Opgaven mangler i tasks_text.csv.")
    wanted = PARTITION.get(folder.path.name)
    if wanted and folder.lines["tasks"] and not sums[""] and dict(sums) != wanted:
        found = ", ".join(f"{kind} {sums[kind]}" for kind in wanted)
        remedy = "Planen har " + ", ".join(f"{kind} {count}" for kind, count in wanted.items()) + ". Ret listerne."
        folder.blame("tasks.csv", 0, "", found, remedy)
    if folder.lines["groups"] and GENERAL not in codes(folder, "groups"):
        folder.blame("groups.csv", 0, "code", "", f"Kompetencegruppen {GENERAL} mangler. Tilføj den.")


def _legal_basis(folder: Folder) -> None:
    """Another authority's task reaches level 2 only with a legal basis (001 l.1302, requirement law.special)."""
    foreign = {one.cells.get("code") for one in folder.lines["administrations"] if one.cells.get("external")}
    based = {one.cells.get("code") for one in folder.lines["task_facts"] if one.cells.get("legal_basis")}
    for one in folder.lines["tasks"]:
        above = (one.cells.get("level") or 1) > 1 and one.cells.get("administration") in foreign
        if above and one.cells.get("code") not in based:
            remedy = "Opgaven hører til en anden myndighed. Skriv et lovgrundlag i task_facts.csv, eller sæt niveau 1."
            folder.blame("tasks.csv", one.line, "level", one.cells.get("level"), remedy)


def _blame_lists(folder: Folder, one: Read) -> None:
    marked = "+".join(column for column in LISTS.values() if one.cells.get(column))
    remedy = "Opgaven skal stå i præcis én af regel-, P/O- og ikke placeret-listen, eller kun i informationslisten."
    folder.blame("tasks.csv", one.line, "+".join(LISTS.values()), marked, remedy)


def _periods(folder: Folder) -> None:
    for name, lines in folder.lines.items():
        for one in lines:
            start, end = one.cells.get("valid_from"), one.cells.get("valid_to")
            if start and end and end < start:
                folder.blame(f"{name}.csv", one.line, "valid_to", end, f"Sidste dag skal ikke ligge før {start}.")


def _hours(folder: Folder) -> None:
    for name in ("opening_hours", "changed_days"):
        for one in folder.lines[name]:
            opens, closes = one.cells.get("opens"), one.cells.get("closes")
            if (opens is None) != (closes is None) and {"opens", "closes"} <= one.cells.keys():
                folder.blame(f"{name}.csv", one.line, "closes", "", "Skriv begge klokkeslæt, eller ingen af dem.")
            elif opens and closes and closes <= opens:
                folder.blame(f"{name}.csv", one.line, "closes", closes, f"Skriv et klokkeslæt efter {opens}.")


def _people(folder: Folder) -> None:
    for one in folder.lines["employees"]:
        roles = set(one.cells.get("roles", ()))
        if roles >= EXCLUSIVE_ROLES:
            remedy = "Jobcenter og ydelseskontor udelukker hinanden. Vælg den ene."
            folder.blame("employees.csv", one.line, "roles", ";".join(sorted(roles)), remedy)
        if one.cells.get("manager") and one.cells["manager"] == one.cells.get("username"):
            folder.blame("employees.csv", one.line, "manager", one.cells["manager"], "Ingen er sin egen leder.")
    known = codes(folder, "tasks") | codes(folder, "groups")
    for one in folder.lines["authorisations"]:
        if one.cells.get("task_or_group") not in known:
            remedy = "Findes hverken i tasks.csv eller groups.csv."
            folder.blame("authorisations.csv", one.line, "task_or_group", one.cells.get("task_or_group"), remedy)


def _questions(folder: Folder) -> None:
    questions = {(one.cells.get("task"), one.cells.get("code")) for one in folder.lines["questions"]}
    answers = {(one.cells.get("task"), one.cells.get("code")) for one in folder.lines["answers"]}
    for one in folder.lines["question_options"]:
        task, answer = one.cells.get("task"), one.cells.get("answer")
        if (task, one.cells.get("question")) not in questions:
            remedy = f"Spørgsmålet findes ikke for {task} i questions.csv."
            folder.blame("question_options.csv", one.line, "question", one.cells.get("question"), remedy)
        if answer and not {(task, answer), (one.cells.get("goes_to"), answer)} & answers:
            remedy = f"Svaret findes ikke for {task} i answers.csv."
            folder.blame("question_options.csv", one.line, "answer", answer, remedy)


def _replies(folder: Folder) -> None:
    for one in folder.lines["reply_templates"]:
        for name in unknown_fields(one.cells.get("body", "")):
            remedy = f"Feltet findes ikke. De kendte er: {', '.join(FIELDS)}."
            folder.blame("reply_templates.csv", one.line, "body", f"{{{name}}}", remedy)


def _phrases(folder: Folder) -> None:
    known = codes(folder, "tasks")
    for name in ("phrases", "sayings"):
        for one in folder.lines[name]:
            task = one.cells.get("task", "!")
            if not task.startswith("!") and task not in known:
                remedy = "Findes ikke i tasks.csv. Tilføj den der, eller ret koden."
                folder.blame(f"{name}.csv", one.line, "task", task, remedy)


def _cards(folder: Folder) -> None:
    """Each card is in order and names only codes of this profile; `indgang cards check` also holds them together."""
    known = cards.Known(
        tasks={code: False for code in codes(folder, "tasks")},
        materials=frozenset(codes(folder, "materials")),
        authorities=frozenset(codes(folder, "authorities")),
        rates=cards.with_groups(codes(folder, "rates")),
    )
    for name, text in folder.cards.items():
        try:
            found = list(cards.code_faults(cards.parse(text, name=name), text, name, known))
        except CardFaulty as wrong:
            found = wrong.faults
        for fault in found:
            folder.blame(f"cards/{name}", fault.line, fault.field, fault.value, fault.remedy)


def _streets(folder: Folder) -> None:
    """Every address lies in one district of each plan, and every district has one centre there."""
    centres = Counter(
        (variant, one.cells.get("district"))
        for one in folder.lines["units"]
        for variant in PLANS
        if one.cells.get("kind") == "centre" and one.cells.get("variant") in ("", variant)
    )
    last: tuple[Any, int] = (None, 0)
    for one in sorted(folder.lines["streets"], key=lambda one: _place(one.cells)):
        place = _place(one.cells)
        if place[0] == last[0] and place[1] <= last[1]:
            folder.blame("streets.csv", one.line, "first", place[1], f"Husnumrene til og med {last[1]} står allerede.")
        last = (place[0], one.cells.get("last", 0))
        if last[1] < place[1]:
            folder.blame("streets.csv", one.line, "last", last[1], f"Skriv mindst {place[1]}.")
        for variant, column in PLANS.items():
            if centres[variant, one.cells.get(column)] != 1:
                remedy = f"Bydelen skal have præcis ét borgerservicecenter i units.csv ({variant})."
                folder.blame("streets.csv", one.line, column, one.cells.get(column), remedy)


def _place(cells: dict[str, Any]) -> tuple[tuple[str, str], int]:
    return (cells.get("municipality", ""), cells.get("road", "")), cells.get("first", 0)
