"""Cards as files: checked and put in canonical form without a database; written to and read from a folder or a zip."""

import csv
import re
import zipfile
from collections import defaultdict
from pathlib import Path

from indgang.core.catalogue import policy
from indgang.core.catalogue.errors import CardFaulty
from indgang.core.catalogue.policy import CardContent, CardFault, Known

Texts = dict[str, str]  # file name -> text
MOST_FILES, LONGEST_FILE = 20_000, 200_000
_NAME = re.compile(r"T-[0-9]{3,6}\.md")
_SAME_DAY = (2000, 1, 1, 0, 0, 0)  # the same cards make the same zip


def files_of(given: list[str], profile: Path) -> list[Path]:
    """The files named, those of the folders named, or all of the profile."""
    paths = [Path(one) for one in given] or [profile / "cards"]
    return [file for path in paths for file in (sorted(path.glob("*.md")) if path.is_dir() else [path])]


def check(files: list[Path]) -> list[CardFault]:
    """Every fault of these cards, with the codes of their profile, beside the other cards of the folder."""
    faults: list[CardFault] = []
    for folder in sorted({file.parent for file in files}):
        asked = {file.name for file in files if file.parent == folder}
        faults += _check_folder(folder, asked)
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.field))


def format_files(files: list[Path]) -> list[Path]:
    """Rewrite in canonical form the files that have none of the faults of form; returns those changed."""
    changed = []
    for file in files:
        text = _read(file)
        try:
            canonical = policy.write(policy.parse(text, name=file.name))
        except CardFaulty:
            continue
        if canonical != text:
            file.write_text(canonical, encoding="utf-8", newline="\n")
            changed.append(file)
    return changed


def write_files(texts: Texts, place: Path) -> None:
    """All cards to a folder, or to one zip where the name ends so; a zip there already is replaced."""
    if place.suffix == ".zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in sorted(texts.items()):
                packed.writestr(zipfile.ZipInfo(name, _SAME_DAY), text.encode(), zipfile.ZIP_DEFLATED)
        return
    place.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="\n")


def read_files(place: Path) -> Texts:
    """The cards of a folder or a zip. Raises CardFaulty for what is no text, OSError and BadZipFile for no place."""
    if place.suffix != ".zip":
        return {file.name: _decoded(file.name, file.read_bytes()) for file in sorted(place.glob("T-*.md"))}
    found: Texts = {}
    with zipfile.ZipFile(place) as packed:
        for one in packed.infolist()[:MOST_FILES]:
            name = Path(one.filename).name
            if _NAME.fullmatch(name):
                with packed.open(one) as file:
                    found[name] = _decoded(name, file.read(LONGEST_FILE + 1))
    return found


def known_of(profile: Path) -> Known:
    """The codes of a profile; a sheet that is not there is not checked against."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in _rows(profile / "phrases.csv") or []:
        words[row["task"]].add(row["text"].casefold())
    tasks, rates = _rows(profile / "tasks.csv"), _codes(profile / "rates.csv")
    return Known(
        tasks=None if tasks is None else {row["code"]: row["frequent"] == "1" for row in tasks},
        materials=_codes(profile / "materials.csv"),
        authorities=_codes(profile / "authorities.csv"),
        rates=None if rates is None else policy.with_groups(rates),
        words={task: frozenset(found) for task, found in words.items()},
    )


def _check_folder(folder: Path, asked: set[str]) -> list[CardFault]:
    known = known_of(folder.parent)
    texts: Texts = {}
    contents: dict[str, CardContent] = {}
    faults: list[CardFault] = []
    for name in sorted({file.name for file in folder.glob("*.md")} | asked):
        try:
            text = _read(folder / name)
            content = policy.parse(text, name=name)
        except CardFaulty as wrong:
            faults += wrong.faults if name in asked else []
            continue
        except (OSError, UnicodeDecodeError) as wrong:
            faults += [CardFault(name, 0, "", "", f"Filen kan ikke læses som UTF-8 ({wrong}).")] * (name in asked)
            continue
        texts[name], contents[name] = text, content
        if name in asked:
            faults += policy.own_faults(content, text, name, known)
            faults += _form(name, text, content)
    shared = policy.shared_faults(texts, contents)
    return faults + [fault for fault in shared if fault.file in asked or any(name in fault.remedy for name in asked)]


def _form(name: str, text: str, content: CardContent) -> list[CardFault]:
    canonical = policy.write(content)
    if canonical == text:
        return []
    pairs = zip(text.split("\n"), canonical.split("\n"), strict=False)
    line = next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 1)
    remedy = "Filen har ikke den faste form. Kør indgang cards format på den."
    return [CardFault(name, line, "form", "", remedy)]


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        fault = CardFault(name, line, "", "", "Filen er ikke UTF-8. Gem den som UTF-8.")
        raise CardFaulty(name=name, faults=[fault]) from wrong


def _rows(file: Path) -> list[dict[str, str]] | None:
    if not file.is_file():
        return None
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _codes(file: Path) -> frozenset[str] | None:
    rows = _rows(file)
    return None if rows is None else frozenset(row["code"] for row in rows)
