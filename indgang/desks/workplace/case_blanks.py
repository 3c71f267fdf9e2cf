"""Parts of a case's page that are the same for every case but for its number: drawn once for each language."""

from collections.abc import Mapping
from functools import cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from indgang.desks.workplace.case_forms import CaseForm, CaseNoteForm, DocumentForm
from indgang.desks.workplace.case_staff import Draft, shown
from indgang.desks.workplace.case_ways import ANY

NOTE, UPLOAD = "note", "upload"
_FORMS: dict[str, tuple[type[CaseForm], str, str]] = {  # form, how its fields are called, the part its drafts are of
    NOTE: (CaseNoteForm, "sag-%s", "note"),
    UPLOAD: (DocumentForm, "fil-%s", ""),
}


def fields(form: str, number: str, drafts: Mapping[str, Draft] | None = None) -> SafeString:
    """The fields of a form, empty but for what was typed and not sent."""
    part = _FORMS[form][2]
    if part and any(name.startswith(f"{part}.") for name in drafts or ()):
        return _drawn(form, number, drafts)
    return _of(_fields(form, get_language()), number)


def actions(progress: str, number: str) -> SafeString:
    """What can be done with a case in one's hands that is not decided."""
    return _of(_actions(progress, get_language()), number)


def _of(drawn: str, number: str) -> SafeString:
    return mark_safe(drawn.replace(ANY, conditional_escape(number)))  # noqa: S308 (a template drew it)


@cache
def _fields(form: str, _language: str | None) -> str:
    return _drawn(form, ANY)


def _drawn(form: str, number: str, drafts: Mapping[str, Draft] | None = None) -> SafeString:
    kind, names, part = _FORMS[form]
    found = shown(kind(auto_id=names), number=number, part=part, drafts=drafts)
    return render_to_string("workplace/case/parts/fields.html", {"fields": found})


@cache
def _actions(progress: str, _language: str | None) -> str:
    row = {"progress": progress, "number": ANY}
    case = {"page": {"row": row}, "in_hand": True, "decision": None}
    return render_to_string("workplace/case/parts/actions.html", {"open_case": case})
