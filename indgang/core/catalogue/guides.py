"""Guided questions: walking them, and what makes a set of them faulty. Pure: no Django, no database, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indgang.core.catalogue.card_content import GuideAnswer, GuideQuestion

Guide = tuple[GuideQuestion, ...]


@dataclass(frozen=True)
class GuideStep:
    """A question somebody has answered."""

    question: GuideQuestion
    answer: GuideAnswer
    number: int  # of the answer


@dataclass(frozen=True)
class GuideState:
    """Where the answers so far lead: to the next question, or to a result with its reason."""

    question: GuideQuestion | None
    path: tuple[GuideStep, ...]
    result: str = ""
    why: str = ""
    task: str = ""


def walk(guide: Guide, answers: Sequence[int]) -> GuideState:
    """Follow the answers by their numbers from 0; ValueError where one does not exist or stands after the end."""
    known = {question.id: question for question in guide}
    question: GuideQuestion | None = guide[0] if guide else None
    path: list[GuideStep] = []
    last: GuideAnswer | None = None
    for number in answers:
        if question is None or not 0 <= number < len(question.answers):
            raise ValueError(f"answer {number} after {len(path)} answers")
        last = question.answers[number]
        path.append(GuideStep(question, last, number))
        question = known[last.goto] if last.goto else None
    if question is not None or last is None:
        return GuideState(question, tuple(path))
    return GuideState(None, tuple(path), last.result, last.why, last.task)


def ends(guide: Guide) -> Iterator[GuideState]:
    """Every path from the first question to its end; the guide must have no fault."""
    open_paths: list[list[int]] = [[]] if guide else []
    while open_paths:
        path = open_paths.pop()
        state = walk(guide, path)
        if state.question is None:
            yield state
        else:
            open_paths += [[*path, number] for number in reversed(range(len(state.question.answers)))]


def faults(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """What is wrong: field as guide[0].answers[1].goto, value, remedy."""
    known: dict[str, int] = {}
    for number, question in enumerate(guide):
        if question.id in known:
            yield f"guide[{number}].id", question.id, "Id'et står to gange. Giv spørgsmålet sit eget."
        known.setdefault(question.id, number)
        if len(question.answers) < 2:
            yield f"guide[{number}].answers", "", "Skriv mindst to svar, ellers er der intet at spørge om."
        yield from _answers(number, question)
    dangling = list(_dangling(guide, known))
    yield from dangling
    if not dangling:
        yield from _unreached(guide, known)
        yield from _circles(guide, known)


def _answers(number: int, question: GuideQuestion) -> Iterator[tuple[str, str, str]]:
    texts: set[str] = set()
    for place, answer in enumerate(question.answers):
        field = f"guide[{number}].answers[{place}]"
        if bool(answer.goto) == bool(answer.result):
            yield field, answer.text, "Skriv enten goto (næste spørgsmål) eller result (enden), og kun den ene."
        if answer.result and not answer.why:
            yield f"{field}.why", "", "Skriv grunden i en eller to sætninger, som borgeren forstår."
        if answer.text.casefold() in texts:
            yield f"{field}.text", answer.text, "Svaret står to gange under samme spørgsmål."
        texts.add(answer.text.casefold())


def _dangling(guide: Guide, known: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    for number, question in enumerate(guide):
        for place, answer in enumerate(question.answers):
            if answer.goto and answer.goto not in known:
                yield f"guide[{number}].answers[{place}].goto", answer.goto, "Der er intet spørgsmål med det id."


def _unreached(guide: Guide, known: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    reached, waiting = set[str](), [guide[0].id] if guide else []
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += [answer.goto for answer in guide[known[one]].answers if answer.goto]
    for number, question in enumerate(guide):
        if question.id not in reached:
            yield f"guide[{number}].id", question.id, "Intet svar fører til spørgsmålet. Peg på det, eller fjern det."


def _circles(guide: Guide, known: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    """Depth-first; an answer that leads to a question still open on the way there goes in a circle."""
    done: set[str] = set()

    def visit(one: str, above: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
        number = known[one]
        for place, answer in enumerate(guide[number].answers):
            if answer.goto in (*above, one):
                remedy = "Svaret fører tilbage til et spørgsmål, der er besvaret. Lad det føre videre."
                yield f"guide[{number}].answers[{place}].goto", answer.goto, remedy
            elif answer.goto and answer.goto not in done:
                yield from visit(answer.goto, (*above, one))
        done.add(one)

    for question in guide:
        if question.id not in done:
            yield from visit(question.id, ())
