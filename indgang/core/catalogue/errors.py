"""What the catalogue refuses."""

from indgang.foundation.runtime.errors import DomainError


class TaskNotFound(DomainError):
    """Opgaven {task} findes ikke. Se alle opgaver på /opgaver."""

    code = "K1"
    status = 404
    field = "task_id"


class TextTooLong(DomainError):
    """Teksten er på {length} tegn. Skriv højst {limit} tegn."""

    code = "K2"
    status = 422
    field = "text"


class NotADate(DomainError):
    """»{value}« er ikke en dato. Skriv den som 2026-03-01."""

    code = "K3"
    status = 422
    field = "at"
