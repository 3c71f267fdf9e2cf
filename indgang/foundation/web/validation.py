"""Why a value of the JSON interface cannot be used, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SOURCES = {"body", "query", "path", "header", "cookie", "form", "file"}
_WRAPPED = {"body", "form", "query"}  # the name of the parameter stands between the source and the field
# The reasons pydantic gives -> a sentence; {names} are filled from its context.
_SENTENCES = {
    "missing": gettext_lazy("Feltet mangler."),
    "string_type": gettext_lazy("Skriv en tekst."),
    "string_too_short": gettext_lazy("Skriv mindst {min_length} tegn."),
    "string_too_long": gettext_lazy("Skriv højst {max_length} tegn."),
    "string_pattern_mismatch": gettext_lazy("Teksten har ikke den rette form."),
    "string_characters": gettext_lazy("Teksten har tegn, der ikke kan gemmes."),
    "string_unicode": gettext_lazy("Teksten har tegn, der ikke kan gemmes."),
    "int_type": gettext_lazy("Skriv et helt tal."),
    "int_parsing": gettext_lazy("Skriv et helt tal."),
    "int_parsing_size": gettext_lazy("Tallet er for stort."),
    "int_from_float": gettext_lazy("Skriv et helt tal."),
    "float_type": gettext_lazy("Skriv et tal."),
    "float_parsing": gettext_lazy("Skriv et tal."),
    "finite_number": gettext_lazy("Skriv et tal."),
    "decimal_type": gettext_lazy("Skriv et tal."),
    "decimal_parsing": gettext_lazy("Skriv et tal."),
    "bool_type": gettext_lazy("Skriv true eller false."),
    "bool_parsing": gettext_lazy("Skriv true eller false."),
    "enum": gettext_lazy("Vælg en af: {expected}."),
    "literal_error": gettext_lazy("Vælg en af: {expected}."),
    "greater_than": gettext_lazy("Tallet skal være større end {gt}."),
    "greater_than_equal": gettext_lazy("Tallet skal være mindst {ge}."),
    "less_than": gettext_lazy("Tallet skal være mindre end {lt}."),
    "less_than_equal": gettext_lazy("Tallet må højst være {le}."),
    "list_type": gettext_lazy("Skriv en liste."),
    "too_short": gettext_lazy("Listen skal have mindst {min_length}."),
    "too_long": gettext_lazy("Listen må højst have {max_length}."),
    "extra_forbidden": gettext_lazy("Feltet kendes ikke."),
    "uuid_parsing": gettext_lazy("Skriv et gyldigt id."),
    "uuid_type": gettext_lazy("Skriv et gyldigt id."),
    "date_from_datetime_parsing": gettext_lazy("Skriv datoen som 2026-03-31."),
    "date_parsing": gettext_lazy("Skriv datoen som 2026-03-31."),
    "datetime_parsing": gettext_lazy("Skriv tidspunktet som 2026-03-31T14:30:00+02:00."),
    "datetime_from_date_parsing": gettext_lazy("Skriv tidspunktet som 2026-03-31T14:30:00+02:00."),
    "timezone_aware": gettext_lazy("Skriv tidspunktet med tidszone, som 2026-03-31T14:30:00+02:00."),
    "time_parsing": gettext_lazy("Skriv klokkeslættet som 14:30."),
    "model_attributes_type": gettext_lazy("Skriv et objekt med felter."),
    "dict_type": gettext_lazy("Skriv et objekt med felter."),
}


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """[{field, message}] of pydantic's errors."""
    return [{"field": field_name(error["loc"]), "message": sentence(error)} for error in errors]


def field_name(place: Iterable[Any]) -> str:
    """tasks.0.level for ("body", "payload", "tasks", 0, "level")."""
    parts = [str(part) for part in place]
    source = parts.pop(0) if parts and parts[0] in _SOURCES else ""
    if source in _WRAPPED and len(parts) > 1:
        parts.pop(0)
    elif source == "body":
        return "body"
    return ".".join(parts) or source


def sentence(error: Mapping[str, Any]) -> str:
    """What to do about it. A validator of ours says it itself."""
    context = dict(error.get("ctx") or {})
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ")  # a list reads alike in every language
    if error["type"] in {"value_error", "assertion_error"}:
        return str(context.get("error") or _("Værdien kan ikke bruges."))
    known = _SENTENCES.get(error["type"])
    return str(known).format(**context) if known else _("Værdien kan ikke bruges.")


def unstorable(value: object, place: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    """Errors for texts PostgreSQL cannot hold: NUL, and halves of a character."""
    if isinstance(value, str):
        wrong = "\0" in value or any("\ud800" <= c <= "\udfff" for c in value)
        return [{"type": "string_characters", "loc": place}] if wrong else []
    if isinstance(value, Mapping):
        keys = [{"type": "string_characters", "loc": (*place, "")} for key in value if unstorable(key)]
        return keys + [error for key, each in value.items() for error in unstorable(each, (*place, key))]
    if isinstance(value, list):
        return [error for index, each in enumerate(value) for error in unstorable(each, (*place, index))]
    return []
