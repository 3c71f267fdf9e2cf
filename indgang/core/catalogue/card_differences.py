"""What changed between two versions of a card: per section, sentence by sentence, changed words marked."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from indgang.core.catalogue import card_rendering, card_text
from indgang.core.catalogue.card_content import BY_ANCHOR, SECTIONS, CardContent
from indgang.core.catalogue.card_files import write
from indgang.core.catalogue.card_values import DiffRow
from indgang.core.catalogue.errors import CardNotFound
from indgang.core.catalogue.models import CardVersion

ALIKE = 0.4  # sentences at least so alike are one that was changed
_PIECES = re.compile(r"\{\{udfyld: [^{}]+\}\}|\w+|\s+|[^\w\s]")


def card_difference(code: str, old: int, new: int) -> list[DiffRow]:
    """From one version to another; unchanged sections are left out. Version 0 is an empty card. Raises CardNotFound."""
    return list(differences(_content(code, old), _content(code, new)))


def differences(old: CardContent | None, new: CardContent | None) -> Iterator[DiffRow]:
    """The rows of every part that differs: the sections in order, then the fields."""
    before, after = _parts(old), _parts(new)
    for title in [*(rule.title for rule in SECTIONS), ""]:
        if before.get(title, []) != after.get(title, []):
            yield from _rows(title, before.get(title, []), after.get(title, []))


def _content(code: str, number: int) -> CardContent | None:
    if number == 0:
        return None
    text = CardVersion.objects.filter(task=code, number=number).values_list("text", flat=True).first()
    if text is None:
        raise CardNotFound(task=code)
    return card_rendering.content_of(text)


def _parts(content: CardContent | None) -> dict[str, list[str]]:
    """Section title -> its sentences with their list marks; "" -> the lines of the fields."""
    if content is None:
        return {}
    parts = {BY_ANCHOR[one.anchor].title: list(_sentences(one.text)) for one in content.sections}
    fields = write(content).split("+++\n")[1].split("\n")
    return parts | {"": [line.strip() for line in fields if line.strip()]}


def _sentences(text: str) -> Iterator[str]:
    for mark, block in card_text.blocks(text):
        for number, sentence in enumerate(card_text.split(block)):
            yield (("– " if mark else "") if number == 0 else "") + sentence


def _rows(section: str, old: list[str], new: list[str]) -> Iterator[DiffRow]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for text in old[first:last]:
                yield DiffRow("same", section, card_rendering.inline(text), card_rendering.inline(text))
        else:
            yield from _replaced(section, old[first:last], new[start:end])


def _replaced(section: str, old: list[str], new: list[str]) -> Iterator[DiffRow]:
    """Pairs of sentences that are alike in order; the rest was removed or added."""
    waiting = list(new)
    for text in old:
        place = next((n for n, other in enumerate(waiting) if _likeness(text, other) >= ALIKE), None)
        if place is None:
            yield DiffRow("removed", section, f"<del>{card_rendering.inline(text)}</del>", "")
            continue
        for added in waiting[:place]:
            yield DiffRow("added", section, "", f"<ins>{card_rendering.inline(added)}</ins>")
        yield _changed(section, text, waiting[place])
        waiting = waiting[place + 1 :]
    for added in waiting:
        yield DiffRow("added", section, "", f"<ins>{card_rendering.inline(added)}</ins>")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _changed(section: str, old: str, new: str) -> DiffRow:
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    shown_old, shown_new = "", ""
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = (card_rendering.inline("".join(part)) for part in (before[first:last], after[start:end]))
        shown_old += gone if kind == "equal" or not gone else f"<del>{gone}</del>"
        shown_new += come if kind == "equal" or not come else f"<ins>{come}</ins>"
    return DiffRow("changed", section, shown_old, shown_new)
