"""A template as a letter, for who writes it: with invented values, as PDF, before it is saved."""

from datetime import date

from indgang.foundation.letters.filling import samples
from indgang.foundation.letters.template_rows import sample
from indgang.foundation.letters.typesetting import typeset
from indgang.foundation.letters.values import Sender


def typeset_sample(
    *, kind: str, language: str, title: str, body: str, outcome: str = "", sender: Sender, day: date
) -> bytes:
    """The PDF a citizen would get; refuses what saving refuses."""
    filled = sample(kind=kind, language=language, title=title, body=body, outcome=outcome)
    values = samples(language)
    letter = filled.letter(
        language=language, sender=sender, receiver_lines=(values["borger.navn"],), date=day,
        reference=values["sag.nummer"],
    )  # fmt: skip
    return typeset(letter)
