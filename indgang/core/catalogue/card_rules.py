"""What must hold between cards, and between a card and what the municipality knows. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from indgang.core.catalogue import card_content as card
from indgang.core.catalogue import card_text
from indgang.core.catalogue.card_files import line_of, line_of_field

MOST_SHARED = 0.30
FEWEST_WORDS, FEWEST_WORDS_FREQUENT = 10, 25


@dataclass(frozen=True)
class Known:
    """The codes a card may name. What is None has not been told and is not checked."""

    tasks: Mapping[str, bool] | None = None  # code -> asked for often
    materials: frozenset[str] | None = None
    authorities: frozenset[str] | None = None
    rates: frozenset[str] | None = None
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # task -> words it has outside its card


def own_faults(content: card.CardContent, text: str, name: str, known: Known) -> Iterator[card.CardFault]:
    """Codes nobody knows, and too few words."""
    yield from code_faults(content, text, name, known)
    count = len({text.casefold() for text, _, _ in content.phrases()} | known.words.get(content.task, frozenset()))
    least = fewest_words((known.tasks or {}).get(content.task, False))
    if count < least:
        remedy = f"Opgaven har {count} ord og vendinger; den skal have mindst {least}. Skriv flere."
        yield card.CardFault(name, line_of_field(text, "words"), "words", "", remedy)


def with_groups(rates: Iterable[str]) -> frozenset[str]:
    """The rates and the groups they stand in: housing_benefit.max_benefit stands in housing_benefit."""
    parts = [code.split(".") for code in rates]
    return frozenset(".".join(one[:end]) for one in parts for end in range(1, len(one) + 1))


def fewest_words(frequent: bool) -> int:
    """How many words a card must have."""
    return FEWEST_WORDS_FREQUENT if frequent else FEWEST_WORDS


def code_faults(content: card.CardContent, text: str, name: str, known: Known) -> Iterator[card.CardFault]:
    """Codes nobody knows."""

    def fault(where: str, value: str, remedy: str, line: int | None = None) -> card.CardFault:
        return card.CardFault(name, line_of_field(text, where, value) if line is None else line, where, value, remedy)

    for where, values, codes, file in (
        ("task", (content.task,), known.tasks, "tasks.csv"),
        ("related", content.related, known.tasks, "tasks.csv"),
        ("materials", content.materials, known.materials, "materials.csv"),
        ("authority", tuple(filter(None, (content.authority,))), known.authorities, "authorities.csv"),
        ("rates", content.rates, known.rates, "rates.csv"),
    ):
        for value in values:
            if codes is not None and value not in codes:
                yield fault(where, value, f"Findes ikke i {file}. Ret koden, eller tilføj den der.")
    for where, value, line in _pointed_at(content, text):
        if known.tasks is not None and value not in known.tasks:
            yield fault(where, value, "Findes ikke i tasks.csv. Ret opgavens nummer.", line)


def shared_faults(texts: Mapping[str, str], contents: Mapping[str, card.CardContent]) -> Iterator[card.CardFault]:
    """Pairs of cards that share more than 30 % of the shorter one's sentences; keys are the files' names."""
    sentences = {name: own_sentences(content) for name, content in contents.items()}
    cards_with: dict[str, list[str]] = defaultdict(list)
    for name, found in sentences.items():
        for sentence in found:
            cards_with[sentence].append(name)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence, names in cards_with.items():
        for pair in combinations(sorted(names), 2):
            shared[pair].append(sentence)
    for (one, other), both in sorted(shared.items()):
        part = len(both) / min(len(sentences[one]), len(sentences[other]))
        if part > MOST_SHARED:
            first = min(both, key=lambda sentence: line_of(texts[other], sentence) or len(texts[other]))
            remedy = f"{part:.0%} af sætningerne står også i {one}. Skriv kortet ud fra sin egen situation."
            yield card.CardFault(other, line_of(texts[other], first), "sætninger", first, remedy)


def own_sentences(content: card.CardContent) -> frozenset[str]:
    """The card's different sentences, in small letters."""
    return frozenset(
        " ".join(sentence.casefold().split())
        for section in content.sections
        for sentence in card_text.sentences(section.text)
    )


def _pointed_at(content: card.CardContent, text: str) -> Iterator[tuple[str, str, int]]:
    """Tasks named by links and by the guide's answers."""
    for section in content.sections:
        for target in card_text.targets(section.text):
            if not target.startswith("https:"):
                title = card.BY_ANCHOR[section.anchor].title
                yield title, target.partition("#")[0], line_of(text, f"]({target})")
    for number, question in enumerate(content.guide):
        for place, answer in enumerate(question.answers):
            if answer.task:
                where = f"guide[{number}].answers[{place}].task"
                yield where, answer.task, line_of_field(text, where)
