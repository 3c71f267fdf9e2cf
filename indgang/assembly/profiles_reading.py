"""Reads the files of a profile; every fault is collected with its place, none stops the reading."""

import csv
import io
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from indgang.assembly.profiles_columns import BadCellError, Sheet
from indgang.assembly.profiles_sheets import SHEETS

LONGEST_FILE = 20 * 1024 * 1024


@dataclass(frozen=True)
class Fault:
    """What is wrong where, and what to write instead. Line 1 is the header; 0: the file as a whole."""

    file: str
    line: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        place += f", linje {self.line}" if self.line else ""
        place += f", kolonne {self.column}" if self.column else ""
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"{place}: »{shown}«. {self.remedy}" if shown else f"{place}: {self.remedy}"


@dataclass
class Read:
    """One line of a file: where it stands and what it says."""

    line: int
    cells: dict[str, Any]


@dataclass
class Folder:
    """A profile as read: the lines of each file, the answers' bodies, the settings, and what was wrong."""

    path: Path
    lines: dict[str, list[Read]] = field(default_factory=dict)
    bodies: dict[tuple[str, str, str], str] = field(default_factory=dict)  # task, answer, language
    settings: dict[str, Any] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)  # file name -> text
    letters: dict[tuple[str, str], str] = field(default_factory=dict)  # code, language -> text
    faults: list[Fault] = field(default_factory=list)

    def blame(self, file: str, line: int, column: str, value: object, remedy: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(file, line, column, str(value), remedy))


def read(path: Path) -> Folder:
    """Everything the folder holds."""
    folder = Folder(path)
    for name, sheet in SHEETS.items():
        folder.lines[name] = _sheet(folder, f"{name}.csv", sheet)
    for one in folder.lines["answers"]:
        for language in ("da", "en"):
            task, answer = one.cells.get("task"), one.cells.get("code")
            if task and answer:
                body = _text(folder, f"answers/{task}-{answer}.{language}.txt")
                folder.bodies[task, answer, language] = (body or "").strip()
    _letters(folder)
    folder.settings = _settings(folder)
    for file in sorted((path / "cards").glob("*.md")):
        text = _text(folder, f"cards/{file.name}")
        if text is not None:
            folder.cards[file.name] = text
    return folder


def _letters(folder: Folder) -> None:
    for one in folder.lines["letter_templates"]:
        code, language = one.cells.get("code"), one.cells.get("language")
        if code and language:
            body = _text(folder, f"letters/{code}.{language}.md")
            if body is not None:
                folder.letters[code, language] = body


def _text(folder: Folder, name: str) -> str | None:
    try:
        content = (folder.path / name).read_bytes()
    except OSError:
        folder.blame(name, 0, "", "", "Filen mangler eller kan ikke læses. Læg den i profilens mappe.")
        return None
    if len(content) > LONGEST_FILE:
        folder.blame(name, 0, "", "", "Filen er for stor. Højst 20 MB.")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        bad = content[wrong.start : wrong.start + 1].hex()
        folder.blame(name, line, "", f"byte {bad}", "Filen er ikke UTF-8. Gem den som UTF-8.")
        return None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        folder.blame(name, line, "", "NUL", "Filen indeholder et NUL-tegn. Fjern det.")
        return None
    return text


def _sheet(folder: Folder, name: str, sheet: Sheet) -> list[Read]:
    if sheet.optional and not (folder.path / name).exists():
        return []
    text = _text(folder, name)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Read] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not _header_fits(folder, name, header, sheet):
            return []
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                _line(folder, name, sheet, header, Read(line, {}), cells, found)
    except csv.Error as wrong:
        folder.blame(name, reader.line_num, "", "", f"Linjen kan ikke læses som CSV ({wrong}). Ret anførselstegnene.")
    return found


def _header_fits(folder: Folder, name: str, header: list[str], sheet: Sheet) -> bool:
    faults = len(folder.faults)
    for column in sheet.columns:
        if column not in header:
            folder.blame(name, 1, column, "", f"Kolonnen mangler. Tilføj kolonnen {column} i første linje.")
    for column in header:
        if column not in sheet.columns:
            folder.blame(name, 1, column, column, "Kolonnen er ukendt. Fjern den, eller ret navnet.")
        elif header.count(column) > 1:
            folder.blame(name, 1, column, column, "Kolonnen står flere gange. Behold én.")
    return len(folder.faults) == faults


def _line(
    folder: Folder, name: str, sheet: Sheet, header: list[str], one: Read, cells: list[str], found: list[Read]
) -> None:
    if len(cells) != len(header):
        remedy = f"Linjen har {len(cells)} felter, men skal have {len(header)}. Ret kommaer og anførselstegn."
        folder.blame(name, one.line, "", "", remedy)
        return
    for column, cell in zip(header, cells, strict=True):
        try:
            one.cells[column] = sheet.columns[column](cell.strip())
        except BadCellError as wrong:
            folder.blame(name, one.line, column, cell, str(wrong))
    found.append(one)


def _settings(folder: Folder) -> dict[str, Any]:
    text = _text(folder, "settings.toml")
    if text is None:
        return {}
    try:
        return _named("", plain(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as wrong:
        folder.blame("settings.toml", 0, "", "", f"Filen kan ikke læses som TOML: {wrong}.")
        return {}


def _named(prefix: str, table: dict[str, Any]) -> dict[str, Any]:
    """Every value and every table under its full name: routing, routing.offer_seconds, routing.offer_seconds.mail."""
    named: dict[str, Any] = {}
    for key, value in table.items():
        named[prefix + key] = value
        if isinstance(value, dict):
            named |= _named(f"{prefix}{key}.", value)
    return named


def plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
