"""A card as fields of a form, and back to the file it is: plain lines instead of quotes and brackets.

Laws are lines "title | where | identifier". Guided questions are lines too:
    start: Er du folkepensionist?
    ? Gælder også førtidspension.
    - Ja -> formue
    - Nej => ikke ret: Tillægget er for pensionister. (T-063)
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from indgang.core.catalogue.policy import SECTIONS, CardContent, CardFault, parse

SCALARS = (
    "reviewed", "review_by", "best_channel", "best_channel_why", "self_service", "self_service_why_not", "taxable",
    "income_dependent", "wealth_dependent", "authority",
)  # fmt: skip
LISTS = ("rates", "materials", "related", "words", "words_en", "weak_words", "weak_words_en")
FIELDS = (*SCALARS, *LISTS, "laws", "guide", *(rule.anchor for rule in SECTIONS))
RESULTS = {"ret": "entitled", "ikke ret": "not_entitled", "fagperson": "specialist"}
_WORDS = {code: words for words, code in RESULTS.items()}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUESTION = re.compile(r"([\w-]+):\s+(.+)")
_HELP = re.compile(r"\?\s+(.+)")
_ONWARD = re.compile(r"-\s+(.+?)\s+->\s+([\w-]+)")
_END = re.compile(r"-\s+(.+?)\s+=>\s+(ret|ikke ret|fagperson):\s+(.+?)(?:\s+\((T-\d{3,6})\))?")
Form = dict[str, str]


def as_form(content: CardContent) -> Form:
    """The card's values as the fields show them."""
    form = {name: str(getattr(content, name)) for name in SCALARS}
    form |= {name: "\n".join(getattr(content, name)) for name in LISTS}
    form["laws"] = "\n".join(" | ".join((law.title, law.where, law.eli)).rstrip(" |") for law in content.laws)
    form["guide"] = "\n\n".join(_question_lines(content))
    texts = {section.anchor: section.text for section in content.sections}
    return form | {rule.anchor: texts.get(rule.anchor, "") for rule in SECTIONS}


def empty_form(today: date, review_by: date) -> Form:
    """A card to begin with: what is not known yet is a marked blank."""
    form = dict.fromkeys(FIELDS, "")
    unknown = dict.fromkeys(("taxable", "income_dependent", "wealth_dependent"), "not_a_benefit")
    return form | unknown | {"best_channel": "phone", "review_by": review_by.isoformat()}


def from_request(given: Mapping[str, str]) -> Form:
    """The fields somebody sent, line ends made alike."""
    return {name: given.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip() for name in FIELDS}


def as_file(task: str, form: Form, today: date) -> tuple[str, list[CardFault]]:
    """The file these fields make, changed today, and what in the laws and questions cannot be read."""
    faults: list[CardFault] = []
    lines = ["+++", f"task = {_quoted(task)}", f"updated = {today.isoformat()}"]
    lines += [f"{name} = {_value(name, form[name])}" for name in SCALARS]
    lines += [f"{name} = {_list(form[name])}" for name in LISTS]
    lines += _laws(form["laws"])
    lines += _guide(form["guide"], faults)
    lines.append("+++")
    for rule in SECTIONS:
        if form[rule.anchor] or not rule.optional:
            lines += ["", f"## {rule.title}", "", form[rule.anchor]]
    return "\n".join(lines) + "\n", faults


def with_name(faults: list[CardFault], name: str) -> list[CardFault]:
    """The faults as the file's own."""
    return [replace(fault, file=name) for fault in faults]


def form_of(text: str, task: str) -> Form:
    """The fields of a file; raises CardFaulty."""
    return as_form(parse(text, name=f"{task}.md"))


def _question_lines(content: CardContent) -> list[str]:
    found = []
    for question in content.guide:
        lines = [f"{question.id}: {question.ask}"]
        if question.help:
            lines.append(f"? {question.help}")
        for answer in question.answers:
            if answer.goto:
                lines.append(f"- {answer.text} -> {answer.goto}")
            else:
                other = f" ({answer.task})" if answer.task else ""
                lines.append(f"- {answer.text} => {_WORDS.get(answer.result, answer.result)}: {answer.why}{other}")
        found.append("\n".join(lines))
    return found


def _laws(text: str) -> list[str]:
    lines = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        title, where, eli = (*(part.strip() for part in line.split("|", 2)), "", "")[:3]
        lines += ["", "[[laws]]", f"title = {_quoted(title)}", f"where = {_quoted(where)}", f"eli = {_quoted(eli)}"]
    return lines


def _guide(text: str, faults: list[CardFault]) -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if line:
            made = _guide_line(line, begun=bool(lines))
            if made is None:
                remedy = "Skriv »id: spørgsmål?«, »? hjælp«, »- svar -> id« eller »- svar => ret: grund«."
                faults.append(CardFault("", number, "Spørgsmål", line, remedy))
            lines += made or []
    return lines


def _guide_line(line: str, *, begun: bool) -> list[str] | None:
    """The lines of the file one line of the form stands for; None where it cannot be read."""
    if begun and (onward := _ONWARD.fullmatch(line)):
        return ["[[guide.answers]]", f"text = {_quoted(onward[1])}", f"goto = {_quoted(onward[2])}"]
    if begun and (end := _END.fullmatch(line)):
        made = ["[[guide.answers]]", f"text = {_quoted(end[1])}", f"result = {_quoted(RESULTS[end[2]])}"]
        return [*made, f"why = {_quoted(end[3])}", *([f"task = {_quoted(end[4])}"] if end[4] else [])]
    if begun and (help_line := _HELP.fullmatch(line)):
        return [f"help = {_quoted(help_line[1])}"]
    if question := _QUESTION.fullmatch(line):
        return ["", "[[guide]]", f"id = {_quoted(question[1])}", f"ask = {_quoted(question[2])}"]
    return None


def _value(name: str, text: str) -> str:
    line = " ".join(text.split())
    return line if name == "review_by" and _DATE.fullmatch(line) else _quoted(line)


def _list(text: str) -> str:
    values = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    return "[" + ", ".join(_quoted(value) for value in values) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
