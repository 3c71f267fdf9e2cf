"""The menu of the desk: the same for everybody, drawn once for each page it can stand on and each language."""

from functools import cache
from typing import Any

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()


@register.simple_tag(takes_context=True)
def desk_menu(context: Context) -> SafeString:
    """Where one can go, with the page marked that one is on."""
    match: Any = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    return _drawn(here, bool(context.get("open")), bool(context.get("open_case")), get_language())


@cache
def _drawn(here: str, contact_open: bool, case_open: bool, _language: str | None) -> SafeString:
    facts = {"here": here, "open": contact_open, "open_case": case_open}
    return render_to_string("workplace/parts/menu.html", facts)
