"""What somebody typed into a form that could not be received, given back to be sent again."""

from dataclasses import dataclass, field

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, RawPostDataException, UnreadablePostError

from indgang.foundation.web.uploads import is_large

_OWN = {"csrfmiddlewaretoken"}
_SECRET = ("password", "adgangskode", "kode")
_SHORT = 40


@dataclass(frozen=True)
class TypedField:
    """One value of the form: `shown` if a person wrote it, hidden if the page did."""

    name: str
    value: str
    shown: bool


@dataclass(frozen=True)
class Typed:
    """A form as it was sent, without the content of files and without passwords."""

    address: str
    fields: list[TypedField] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)  # field and file name


def typed_fields(request: HttpRequest) -> Typed | None:
    """The typed text of a POSTed form; None where there is none or it cannot be read."""
    if is_large(request) and not hasattr(request, "_post"):
        return None  # nothing was received of it
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None  # another site's form is not what this person typed here
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values if name not in _OWN]
        files = [(name, upload.name or "") for name, uploads in request.FILES.lists() for upload in uploads]
    except (SuspiciousOperation, BadRequest, UnreadablePostError, RawPostDataException):
        return None
    secret = [name for name, _ in posted if any(word in name.lower() for word in _SECRET)]
    fields = [TypedField(name, value, _by_hand(value)) for name, value in posted if name not in secret]
    if not fields and not files:
        return None
    return Typed(request.get_full_path(), fields, secret, files)


def _by_hand(value: str) -> bool:
    return len(value) > _SHORT or any(c.isspace() for c in value.strip())
