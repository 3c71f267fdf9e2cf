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


class UnknownChoice(DomainError):
    """ "{value}" kan ikke bruges her. Vælg mellem: {choices}."""

    code = "K3"
    status = 422


class UnreadableCursor(DomainError):
    """Sidemærket kan ikke læses. Hent første side igen uden "cursor"."""

    code = "K4"
    status = 422
    field = "cursor"
