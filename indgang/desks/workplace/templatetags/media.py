"""The words of the ways work comes in, as lists say them."""

from django.template import Library
from django.utils.translation import gettext_lazy as _

register = Library()
_WORDS = {
    "mail": _("E-mail"),
    "webform": _("Webformular"),
    "phone": _("Telefon"),
    "counter": _("Skranke"),
    "case": _("Sag"),
    "letter": _("Brev"),
    "api": _("System"),
}


@register.filter
def medium_word(code: str) -> str:
    """The word of a medium; one nobody has named stays as it is."""
    return str(_WORDS.get(code, code))
