"""What one can ask of letters. Templates hold no personal data, so every module may read them."""

from indgang.foundation.letters.template_fields import fields_of
from indgang.foundation.letters.template_rows import in_use, templates, versions

__all__ = [
    "fields_of",
    "in_use",
    "templates",
    "versions",
]
