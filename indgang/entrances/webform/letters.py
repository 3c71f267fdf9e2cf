"""What the form writes: the inquiry as the agent reads it."""

from django.utils import translation
from django.utils.translation import gettext as _

from indgang.entrances.webform.models import InquiryDraft
from indgang.entrances.webform.values import Way


def inquiry_text(draft: InquiryDraft, answers: list[tuple[str, str]]) -> str:
    """The citizen's words first, then what was asked and answered."""
    parts = [draft.text.strip()]
    if answers:
        parts.append("\n".join(f"{question} {answer}" for question, answer in answers))
    if draft.way == Way.CALL_BACK:
        with translation.override(draft.language):
            parts.append(_("Ring til mig på {phone}.").format(phone=draft.phone))
            if draft.call_when:
                parts.append(_("Det passer bedst: {when}").format(when=draft.call_when))
    return "\n\n".join(parts)
