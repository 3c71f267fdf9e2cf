"""Refusals of the web itself."""

from indgang.foundation.runtime.errors import DomainError


class TooMany(DomainError):
    """Der kommer for mange forespørgsler. Vent {retry_after} sekunder, og prøv igen."""

    code = "W1"
    status = 429


class KeyUsedForAnother(DomainError):
    """Nøglen i Idempotency-Key er brugt til en anden forespørgsel. Send en ny nøgle."""

    code = "W2"
    status = 409
    field = "Idempotency-Key"


class BadKey(DomainError):
    """Nøglen i Idempotency-Key skal være mellem 1 og 200 tegn uden mellemrum."""

    code = "W3"
    status = 422
    field = "Idempotency-Key"


class BadCursor(DomainError):
    """Det sted i listen findes ikke. Begynd forfra uden cursor."""

    code = "W4"
    status = 422
    field = "cursor"


class TooManyUploads(DomainError):
    """Der modtages flere store filer lige nu. Vent et øjeblik, og send filen igen."""

    code = "W5"
    status = 503
