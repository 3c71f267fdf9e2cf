"""Which page comes next, and which answer fits. Pure."""

from dataclasses import dataclass

from indgang.core.catalogue.values import AnswerCard, QuestionCard, TaskCard
from indgang.entrances.webform.models import InquiryDraft
from indgang.entrances.webform.values import Step, Way


@dataclass(frozen=True)
class Progress:
    """Where the citizen is: "Trin 2 af 4"."""

    number: int
    total: int


def next_step(draft: InquiryDraft, task: TaskCard | None) -> Step:
    """The first page that still wants something."""
    if draft.contact:
        return Step.RECEIPT
    if not draft.topic_chosen:
        return Step.TOPIC
    if task and task.questions and not draft.answered:
        return Step.DETAILS
    if answer_at_once(draft, task) and not draft.way:
        return Step.ANSWER
    if not draft.reached:
        return Step.REACH
    return Step.REVIEW


def progress(step: Step) -> Progress:
    """Four stages for everybody: the same number whatever the topic asks, so that the end never moves away."""
    stages = {Step.WORDS: 1, Step.REACH: 3, Step.REVIEW: 4, Step.RECEIPT: 4}
    return Progress(stages.get(step, 2), 4)


def answer_at_once(draft: InquiryDraft, task: TaskCard | None) -> AnswerCard | None:
    """The answer a chosen option leads to, or else the first one that needs no option."""
    if task is None or not task.answers:
        return None
    by_code = {answer.code: answer for answer in task.answers}
    options = [(question, option) for question in task.questions for option in question.options]
    for question, option in options:
        if option.answer in by_code and draft.answers.get(question.code) == option.code:
            return by_code[option.answer]
    chosen_only = {option.answer for _, option in options}
    return next((answer for answer in task.answers if answer.code not in chosen_only), None)


def task_after(questions: list[QuestionCard], answers: dict[str, str]) -> str:
    """The other task an answer leads to; empty when it stays."""
    for question in questions:
        for option in question.options:
            if option.task and answers.get(question.code) == option.code:
                return option.task
    return ""


def answers_in_words(task: TaskCard | None, answers: dict[str, str]) -> list[tuple[str, str]]:
    """Question and answer as the citizen read them."""
    if task is None:
        return []
    words = []
    for question in task.questions:
        given = answers.get(question.code, "")
        if given:
            shown = next((option.text for option in question.options if option.code == given), given)
            words.append((question.text, shown))
    return words


def ways(answer: AnswerCard | None) -> list[Way]:
    """What can be chosen on the page with the answer at once."""
    return [Way.ANSWER, Way.MESSAGE, Way.CALL_BACK] if answer else [Way.MESSAGE, Way.CALL_BACK]
