"""The languages a citizen is asked about; others are written in the note."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("da", _("dansk")),
    ("en", _("engelsk")),
    ("ar", _("arabisk")),
    ("fa", _("farsi")),
    ("pl", _("polsk")),
    ("ro", _("rumænsk")),
    ("so", _("somali")),
    ("tr", _("tyrkisk")),
    ("uk", _("ukrainsk")),
    ("ur", _("urdu")),
)


def name_of(code: str) -> str:
    """The language in words; a code nobody has named stays as it is."""
    return str(dict(LANGUAGES).get(code, code))
