"""Cards as files from the shell: check and put in canonical form, without a database."""

import csv
from collections import defaultdict
from pathlib import Path

from indgang.core.catalogue import policy
from indgang.core.catalogue.errors import CardFaulty
from indgang.core.catalogue.policy import CardContent, CardFault, Known

TEXTS = dict[str, str]


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
    texts: TEXTS = {}
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


def _rows(file: Path) -> list[dict[str, str]] | None:
    if not file.is_file():
        return None
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _codes(file: Path) -> frozenset[str] | None:
    rows = _rows(file)
    return None if rows is None else frozenset(row["code"] for row in rows)
