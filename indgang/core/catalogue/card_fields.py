"""The front matter of a card: where each field stands and what may stand in it. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from indgang.core.catalogue import card_content as card
from indgang.core.catalogue.card_text import Fault, inline_faults

_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_TABLE = re.compile(r"\s*\[\[\s*([A-Za-z0-9_.]+)\s*\]\]\s*(?:#.*)?$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HTTPS = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
_ELI = re.compile(r"/?eli/[a-z]+/\d{4}/\d+(?:/[a-z0-9]+)*|https://www\.retsinformation\.dk/eli/[\w/]+")
_CODE = re.compile(r"[\wæøåÆØÅ.-]+")
_LIST_SHAPES = {
    "rates": (re.compile(r"[a-z_0-9]+(\.[a-z_0-9]+)*"), "Skriv satsens nøgle som housing_benefit.max_benefit."),
    "materials": (_CODE, "Skriv en kode fra materials.csv."),
    "related": (card.TASK, "Skriv en opgave som T-077."),
}


class Places:
    """The line every field of the front matter stands in: "updated", "laws[0].eli", "guide[1].answers[0].goto"."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.first = first
        self.lines = lines
        self._of: dict[str, int] = {}
        counts: dict[str, int] = {}
        table = ""
        for number, line in enumerate(lines):
            found = _TABLE.match(line)
            if found:
                table = self._table(found.group(1), counts)
                self._of.setdefault(table, number)
            elif key := _KEY.match(line):
                self._of.setdefault(f"{table}.{key.group(1)}".lstrip("."), number)

    def _table(self, name: str, counts: dict[str, int]) -> str:
        if name == "guide.answers":
            name = f"guide[{counts.get('guide', 1) - 1}].answers"
        number = counts.get(name, 0)
        counts[name] = number + 1
        return f"{name}[{number}]"

    def line(self, field: str, value: str = "") -> int:
        """The field's line, or the nearest one above it that is known; with a value the line of that value below."""
        while field and field not in self._of:
            field = field.rpartition(".")[0]
        if field not in self._of:
            return self.first
        start = self._of[field]
        end = next((n for n in range(start + 1, len(self.lines)) if _KEY.match(self.lines[n])), len(self.lines))
        quoted = (f'"{value}"', f"'{value}'")
        found = [n for n in range(start, end) if value and any(one in self.lines[n] for one in quoted)]
        return self.first + (found[-1] if found else start)


class Reader:
    """Takes the fields of one table out of it; what is wrong is noted, what is left over is unknown."""

    def __init__(self, table: dict[str, Any], prefix: str, places: Places, faults: list[Fault]) -> None:
        self.table, self.prefix, self.places, self.faults = dict(table), prefix, places, faults
        self.known: list[str] = []

    def blame(self, field: str, value: object, remedy: str, item: str = "") -> None:
        """Note a fault of a field of this table."""
        name = self.prefix + field
        self.faults.append((self.places.line(name, item), name, str(value), remedy))

    def _take(self, field: str) -> Any:
        self.known.append(field)
        return self.table.pop(field, None)

    def text(self, field: str, *, longest: int = 300, required: bool = False) -> str:
        """A string on one line."""
        value = self._take(field)
        if value is None or value == "":
            if required:
                self.blame(field, "", f"Feltet {field} mangler. Skriv det.")
            return ""
        if not isinstance(value, str):
            self.blame(field, value, "Skriv en tekst i anførselstegn.")
            return ""
        if _CONTROL.search(value) or value != value.strip():
            self.blame(field, value, "Skriv teksten på én linje, uden mellemrum før og efter.")
        if len(value) > longest:
            self.blame(field, value, f"Teksten er på {len(value)} tegn. Skriv højst {longest}.")
        return value

    def plain(self, field: str, *, longest: int = 300, required: bool = False) -> str:
        """Text people read: no HTML, whole blanks."""
        value = self.text(field, longest=longest, required=required)
        name = self.prefix + field
        self.faults += inline_faults(name, self.places.line(name), value)
        return value

    def choice(self, field: str, choices: tuple[str, ...], *, required: bool = True) -> str:
        """One of these words."""
        value = self.text(field, required=required)
        if value and value not in choices:
            self.blame(field, value, "Vælg mellem: " + ", ".join(choices) + ".")
        return value

    def shaped(self, field: str, shape: re.Pattern[str], remedy: str, *, required: bool = False) -> str:
        """Text of one shape, or empty."""
        value = self.text(field, required=required)
        if value and not shape.fullmatch(value):
            self.blame(field, value, remedy)
        return value

    def day(self, field: str) -> date:
        """A date without quotation marks."""
        value = self._take(field)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.blame(field, value or "", f"Skriv {field} = 2026-11-22, uden anførselstegn.")
        return date.min

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of strings, each once."""
        value = self._take(field)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.blame(field, "", 'Skriv en liste af tekster som ["a", "b"].')
            return ()
        shape, remedy = _LIST_SHAPES.get(field, (None, ""))
        seen: set[str] = set()
        for one in value:
            if not one.strip() or one != one.strip() or _CONTROL.search(one) or len(one) > card.LONGEST_WORDS:
                self.blame(field, one, f"Skriv 1-{card.LONGEST_WORDS} tegn, uden mellemrum før og efter.", one)
            elif shape and not shape.fullmatch(one):
                self.blame(field, one, remedy, one)
            if one.casefold() in seen:
                self.blame(field, one, "Står to gange. Fjern den ene.", one)
            seen.add(one.casefold())
        return tuple(value)

    def tables(self, field: str) -> Iterator["Reader"]:
        """The tables of a list of tables."""
        value = self._take(field)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.blame(field, "", f"Skriv hver del under sin egen linje [[{self.prefix.rstrip('.') or ''}{field}]].")
            return
        for number, table in enumerate(value):
            yield Reader(table, f"{self.prefix}{field}[{number}].", self.places, self.faults)

    def finish(self) -> None:
        """What nobody asked for is a fault."""
        for field in self.table:
            self.blame(field, field, "Feltet er ukendt. Fjern det, eller vælg mellem: " + ", ".join(self.known) + ".")


def read_fields(reader: Reader) -> dict[str, Any]:
    """All fields of the front matter but guide and laws as CardContent takes them."""
    found: dict[str, Any] = {
        "task": reader.shaped("task", card.TASK, "Skriv opgavens nummer som T-076.", required=True),
        "updated": reader.day("updated"),
        "reviewed": reader.plain("reviewed", longest=160),
        "review_by": reader.day("review_by"),
        "best_channel": reader.choice("best_channel", card.CHANNELS),
        "best_channel_why": reader.plain("best_channel_why", required=True),
        "self_service": reader.shaped("self_service", _HTTPS, "Skriv adressen som https://… eller intet."),
        "self_service_why_not": reader.plain("self_service_why_not"),
    }
    found |= {name: reader.choice(name, card.DEPENDS) for name in card.ATTRIBUTES}
    found["authority"] = reader.shaped("authority", _CODE, "Skriv en kode fra authorities.csv, eller intet.")
    found |= {name: reader.texts(name) for name in card.LISTS}
    found["laws"] = tuple(_law(one) for one in reader.tables("laws"))
    found["guide"] = tuple(_question(one) for one in reader.tables("guide"))
    _between(reader, found)
    reader.finish()
    return found


def _between(reader: Reader, found: dict[str, Any]) -> None:
    if found["review_by"] <= found["updated"] and date.min not in (found["review_by"], found["updated"]):
        reader.blame("review_by", found["review_by"], "Skriv en dag efter updated.")
    if not found["self_service"] and not found["self_service_why_not"]:
        remedy = "Skriv adressen i self_service, eller her hvorfor borgeren ikke kan klare det selv."
        reader.blame("self_service_why_not", "", remedy)
    if len(found["related"]) > card.MOST_RELATED:
        reader.blame("related", len(found["related"]), f"Skriv højst {card.MOST_RELATED}, de nærmeste først.")
    if found["task"] in found["related"]:
        reader.blame("related", found["task"], "Et kort er ikke beslægtet med sig selv. Fjern det.", found["task"])
    words: dict[str, str] = {}
    for field in card.WORD_LISTS:
        for one in found[field]:
            other = words.setdefault(f"{field.endswith('_en')}{one.casefold()}", field)
            if other != field:
                reader.blame(field, one, f"Står også i {other}. Fjern den ene.", one)


def _law(reader: Reader) -> card.LawRef:
    law = card.LawRef(
        title=reader.plain("title", longest=200, required=True),
        where=reader.plain("where", longest=200),
        eli=reader.shaped("eli", _ELI, "Skriv identifikatoren som eli/lta/2023/1010, eller intet. Gæt aldrig."),
    )
    reader.finish()
    return law


def _question(reader: Reader) -> card.GuideQuestion:
    shape = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
    question = card.GuideQuestion(
        id=reader.shaped("id", shape, "Skriv et id med små bogstaver a-z, tal og _.", required=True),
        ask=reader.plain("ask", longest=200, required=True),
        help=reader.plain("help", longest=400),
        answers=tuple(_answer(one) for one in reader.tables("answers")),
    )
    reader.finish()
    return question


def _answer(reader: Reader) -> card.GuideAnswer:
    answer = card.GuideAnswer(
        text=reader.plain("text", longest=200, required=True),
        goto=reader.text("goto", longest=40),
        result=reader.choice("result", card.RESULTS, required=False),
        why=reader.plain("why", longest=500),
        task=reader.shaped("task", card.TASK, "Skriv en opgave som T-077, eller intet."),
    )
    reader.finish()
    return answer
