"""What a guidance card holds, and the words its file may use. Pure: no Django, no database, no clock."""

import re
from dataclasses import dataclass
from datetime import date

TASK = re.compile(r"T-[0-9]{3,6}")
CHANNELS = ("net", "phone", "counter")
ATTRIBUTES = ("taxable", "income_dependent", "wealth_dependent")
DEPENDS = ("yes", "no", "partly", "unknown", "not_a_benefit")
RESULTS = ("entitled", "not_entitled", "specialist")
LISTS = ("rates", "materials", "related", "words", "words_en", "weak_words", "weak_words_en")
WORD_LISTS = LISTS[3:]
MOST_RELATED = 6
LONGEST_WORDS = 200
BLANK = re.compile(r"\{\{udfyld: ([^{}\n]+)\}\}")


@dataclass(frozen=True)
class SectionRule:
    """A heading of a card: where links point, who reads it, and what must stand there."""

    anchor: str
    title: str
    public: bool
    optional: bool = False
    kind: str = ""  # steps: a numbered list; bullets: a list
    least: int = 0  # steps, or sentences where there is no kind
    most: int = 0


SECTIONS = (
    SectionRule("kort-sagt", "Kort sagt", True, least=2, most=4),
    SectionRule("saadan-goer-du", "Sådan gør du", False, kind="steps", least=4, most=9),
    SectionRule("spoerg", "Spørg og undersøg", False, kind="bullets"),
    SectionRule("sig", "Sig til borgeren", False, least=1, most=3),
    SectionRule("tag-med", "Det skal du have med", True),
    SectionRule("gebyr", "Gebyr og frister", True),
    SectionRule("bagefter", "Hvad sker der bagefter", True),
    SectionRule("klage", "Klage", True),
    SectionRule("saerlige", "Særlige tilfælde", False, optional=True, kind="bullets"),
)
BY_TITLE = {rule.title: rule for rule in SECTIONS}
BY_ANCHOR = {rule.anchor: rule for rule in SECTIONS}


@dataclass(frozen=True)
class LawRef:
    """A law by its common name; `eli` is Retsinformation's identifier, empty where nobody has filled it in."""

    title: str
    where: str = ""
    eli: str = ""


@dataclass(frozen=True)
class GuideAnswer:
    """One answer to a guided question: it leads on (`goto`) or ends with a result and its reason."""

    text: str
    goto: str = ""
    result: str = ""
    why: str = ""
    task: str = ""


@dataclass(frozen=True)
class GuideQuestion:
    """A guided question, asked with the same words to citizens and staff."""

    id: str
    ask: str
    help: str
    answers: tuple[GuideAnswer, ...]


@dataclass(frozen=True)
class SectionText:
    """The Markdown under one heading."""

    anchor: str
    text: str


@dataclass(frozen=True)
class CardContent:
    """All of one card's file."""

    task: str
    updated: date
    reviewed: str
    review_by: date
    best_channel: str
    best_channel_why: str
    self_service: str
    self_service_why_not: str
    taxable: str
    income_dependent: str
    wealth_dependent: str
    authority: str
    rates: tuple[str, ...]
    materials: tuple[str, ...]
    related: tuple[str, ...]
    words: tuple[str, ...]
    words_en: tuple[str, ...]
    weak_words: tuple[str, ...]
    weak_words_en: tuple[str, ...]
    laws: tuple[LawRef, ...]
    guide: tuple[GuideQuestion, ...]
    sections: tuple[SectionText, ...]

    def phrases(self) -> list[tuple[str, str, float]]:
        """The card's words for the search: text, language, weight."""
        return [
            (text, language, weight)
            for texts, language, weight in (
                (self.words, "da", 1.0),
                (self.words_en, "en", 1.0),
                (self.weak_words, "da", 0.5),
                (self.weak_words_en, "en", 0.5),
            )
            for text in texts
        ]


@dataclass(frozen=True)
class CardFault:
    """What is wrong in which line and field, and what to write instead. Line 0: the file as a whole."""

    file: str
    line: int
    field: str
    value: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        place += f", linje {self.line}" if self.line else ""
        place += f", {self.field}" if self.field else ""
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"{place}: »{shown}«. {self.remedy}" if shown else f"{place}: {self.remedy}"
