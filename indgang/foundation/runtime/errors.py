"""The one base class of every refusal the service makes for a reason of its own."""

import errno

from django.utils.translation import gettext


class DomainError(Exception):
    """Det kan ikke lade sig gøre."""

    # The docstring of each subclass is the Danish sentence shown (and the message id of its translation);
    # {names} in it are filled from the keyword arguments.
    code = "X0"  # short, can be spoken over the phone
    status = 409
    field: str | None = None

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.facts = facts
        if field is not None:
            self.field = field
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        return gettext((self.__doc__ or "").strip()).format(**self.facts)


class DiskFull(DomainError):
    """Serveren har ikke plads til filen lige nu. Prøv igen senere; det, du har skrevet, er her stadig."""

    code = "X1"
    status = 507


def is_disk_full(error: BaseException | None) -> bool:
    """Whether a write failed for want of room: the disk, a quota, or the largest file this process may write."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
