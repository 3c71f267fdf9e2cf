"""The ways out of the form, and its steps."""

from django.db.models import TextChoices


class Way(TextChoices):
    """What the citizen wants."""

    ANSWER = "answer"  # the answer at once is enough; send it to me
    MESSAGE = "message"
    CALL_BACK = "call_back"


class Step(TextChoices):
    """The pages of the form, in order."""

    WORDS = "words"
    TOPIC = "topic"
    DETAILS = "details"
    ANSWER = "answer"
    REACH = "reach"
    REVIEW = "review"
    RECEIPT = "receipt"


LONGEST_TEXT = 20_000
LONGEST_NAME = 160
MOST_FILES = 10
LARGEST_FILES = 25 * 1024 * 1024
KEPT_HOURS = 48
