"""The Markdown of a card's sections: what may stand there, its sentences and its blanks. Pure."""

import re
from collections.abc import Iterator

from indgang.core.catalogue.card_content import BLANK, BY_ANCHOR, BY_TITLE, SECTIONS, TASK, SectionRule

Fault = tuple[int, str, str, str]  # line, field, value, remedy

LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]*)\)")
STEP = re.compile(r"\d{1,2}\. ")
BULLET = re.compile(r"- ")
_MARK = re.compile(r"^(?:\d{1,2}\. |- )")
_TAG = re.compile(r"</?[A-Za-z!]|<!--")
_END = re.compile(r"[.!?][*»\")]*(?=\s+[*«»\"(\[{]*[A-ZÆØÅ0-9])")
_SHORT_FORM = re.compile(r"\b(?:bl\.a|f\.eks|dvs|ca|nr|kl|evt|osv|mv|stk|pkt|jf|tlf)\.$", re.IGNORECASE)
_FORBIDDEN = (
    (re.compile(r"^#"), "Kun kortets faste overskrifter med ## må stå her. Brug **fed** inde i teksten."),
    (re.compile(r"^\s*\|"), "Tabeller må ikke stå her. Skriv det som punkter."),
    (re.compile(r"^\s*(```|~~~)"), "Kode må ikke stå her. Skriv almindelig tekst."),
    (re.compile(r"^\s*>"), "Citater må ikke stå her. Skriv almindelig tekst."),
    (re.compile(r"^\s*(\*|\+) "), "Skriv punkter med bindestreg: »- «."),
    (re.compile(r"^\s+(- |\d+\. )"), "Punkter har kun ét niveau. Ryk punktet ud til linjens begyndelse."),
    (re.compile(r"^(-{3,}|\*{3,}|_{3,}|={3,})\s*$"), "Streger må ikke stå her. Fjern linjen."),
    (re.compile(r"^(    |\t)\S"), "Linjen er rykket for langt ind. Ryk den ud."),
)


def split_sections(lines: list[str], first: int) -> tuple[list[tuple[SectionRule, int, list[str]]], list[Fault]]:
    """The known sections with the line of their heading, and the faults of the headings; `first` is lines[0]'s line."""
    found: list[tuple[SectionRule, int, list[str]]] = []
    wrong: list[Fault] = []
    body: list[str] | None = None
    for number, line in enumerate(lines, first):
        heading = re.fullmatch(r"##\s*([^#].*?)\s*#*", line)
        if heading:
            rule = BY_TITLE.get(heading.group(1))
            body = []
            if rule is None:
                remedy = "Overskriften er ukendt. Brug: " + ", ".join(BY_TITLE) + "."
                wrong.append((number, "overskrift", heading.group(1), remedy))
            else:
                found.append((rule, number, body))
        elif body is not None:
            body.append(line)
        elif line.strip():
            wrong.append((number, "tekst", line.strip(), "Teksten står før den første overskrift. Flyt den ned."))
            body = []
    return found, wrong + list(_order(found, first))


def _order(found: list[tuple[SectionRule, int, list[str]]], first: int) -> Iterator[Fault]:
    place = -1
    seen: set[str] = set()
    for rule, number, _ in found:
        here = SECTIONS.index(rule)
        if rule.anchor in seen:
            yield number, "overskrift", rule.title, "Overskriften står to gange. Saml teksten under den ene."
        elif here < place:
            yield number, "overskrift", rule.title, f"Skal stå før »{SECTIONS[place].title}«. Flyt afsnittet op."
        seen.add(rule.anchor)
        place = max(place, here)
    for rule in SECTIONS:
        if rule.anchor not in seen and not rule.optional:
            yield first, "overskrift", "", f"Afsnittet »## {rule.title}« mangler. Skriv det."


def section_faults(rule: SectionRule, heading: int, lines: list[str]) -> Iterator[Fault]:
    """What is wrong in one section's text."""
    if not any(line.strip() for line in lines):
        yield heading, rule.title, "", "Afsnittet er tomt. Skriv teksten, eller et felt som {{udfyld: hvad}}."
        return
    for number, line in enumerate(lines, heading + 1):
        for shape, remedy in _FORBIDDEN:
            if shape.search(line):
                yield number, rule.title, line.strip(), remedy
        yield from inline_faults(rule.title, number, line)
    yield from _shape(rule, heading, lines)


def inline_faults(field: str, number: int, line: str) -> Iterator[Fault]:
    """HTML, wrong links and wrong blanks in one line."""
    if _TAG.search(line):
        yield number, field, line.strip(), "HTML må ikke stå her. Skriv almindelig tekst."
    bare = BLANK.sub("", line)
    if "{{" in bare or "}}" in bare:
        yield number, field, line.strip(), "Skriv et felt på én linje som {{udfyld: hvad der mangler}}."
    for image, text, target in LINK.findall(line):
        if image:
            yield number, field, target, "Billeder må ikke stå her. Fjern det."
        elif not text.strip():
            yield number, field, target, "Linket har ingen tekst. Skriv, hvor det fører hen."
        elif not _known_target(target):
            remedy = "Skriv linket som https://… eller til et kort som T-022 eller T-022#klage."
            yield number, field, target, remedy
    if "](" in LINK.sub("", line):
        yield number, field, line.strip(), "Linket kan ikke læses. Skriv det på én linje som [tekst](T-022)."


def _known_target(target: str) -> bool:
    if re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", target):
        return True
    task, _, anchor = target.partition("#")
    return bool(TASK.fullmatch(task)) and (anchor in BY_ANCHOR if "#" in target else True)


def _shape(rule: SectionRule, heading: int, lines: list[str]) -> Iterator[Fault]:
    if rule.kind:
        mark, name = (STEP, "1. 2. 3.") if rule.kind == "steps" else (BULLET, "- ")
        count = sum(1 for line in lines if mark.match(line))
        first = next((line for line in lines if line.strip()), "")
        if not mark.match(first):
            yield heading + 1, rule.title, first.strip(), f"Skriv afsnittet som en liste med {name}"
        elif rule.most and not rule.least <= count <= rule.most:
            remedy = f"Skriv {rule.least}-{rule.most} trin; her er {count}."
            yield heading, rule.title, "", remedy
    elif rule.most:
        count = len(sentences("\n".join(lines)))
        if not rule.least <= count <= rule.most:
            yield heading, rule.title, "", f"Skriv {rule.least}-{rule.most} sætninger; her er {count}."


def tidy(lines: list[str]) -> str:
    """The section as it is kept: no spaces at line ends, no blank lines around it, one between its parts."""
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def blocks(text: str) -> list[tuple[str, str]]:
    """The paragraphs and points of a section: (mark, text on one line)."""
    found: list[tuple[str, list[str]]] = []
    open_block = False
    for line in text.split("\n"):
        mark = _MARK.match(line)
        if mark:
            found.append((mark.group(), [line[mark.end() :].strip()]))
            open_block = True
        elif not line.strip():
            open_block = False
        elif open_block:
            found[-1][1].append(line.strip())
        else:
            found.append(("", [line.strip()]))
            open_block = True
    return [(mark, " ".join(parts)) for mark, parts in found]


def split(text: str) -> list[str]:
    """One block's sentences."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not _SHORT_FORM.search(text[: end.end()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return found


def sentences(text: str) -> list[str]:
    """The sentences and points of a section, without list marks."""
    return [sentence for _, block in blocks(text) for sentence in split(block)]


def blanks(text: str) -> list[str]:
    """What the municipality must fill in."""
    return [found.strip() for found in BLANK.findall(text)]


def targets(text: str) -> list[str]:
    """Where the links lead."""
    return [target for _, _, target in LINK.findall(text)]
