"""Taking an outside answer apart: every field is what it should be, or the whole answer counts for nothing. Pure."""

from datetime import date
from typing import Any

from indgang.foundation.registers.outside import Failure

_LONGEST = 300
_MOST = 10**15  # no amount, year or number of a change is larger; what is no number is not within it either


class Fields:
    """The fields of one JSON object; anything missing or of another kind is a malformed answer."""

    def __init__(self, found: object) -> None:
        if not isinstance(found, dict):
            raise Failure("malformed")
        self._found = found

    def text(self, name: str, *, needed: bool = True) -> str:
        """A text on one line; whoever does not need it gets an empty one."""
        value = self._found.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or len(value) > _LONGEST or (needed and not value.strip()):
            raise Failure("malformed")
        if any("\ud800" <= sign <= "\udfff" for sign in value):  # half a character: neither kept nor shown
            raise Failure("malformed")
        return " ".join(value.replace("\x00", "").split())

    def day(self, name: str) -> date | None:
        """A date, or nothing."""
        value = self.text(name, needed=False)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise Failure("malformed") from None

    def flag(self, name: str) -> bool:
        value = self._found.get(name)
        if not isinstance(value, bool):
            raise Failure("malformed")
        return value

    def whole(self, name: str) -> int:
        """A number as whole ones; kroner are rounded."""
        value = self._found.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not -_MOST <= value <= _MOST:
            raise Failure("malformed")
        return round(value)

    def part(self, name: str) -> "Fields":
        """An object inside."""
        return Fields(self._found.get(name))

    def parts(self, name: str) -> list["Fields"]:
        """A list of objects inside."""
        value = self._found.get(name)
        if not isinstance(value, list):
            raise Failure("malformed")
        return [Fields(one) for one in value]

    def has(self, name: str) -> bool:
        return self._found.get(name) is not None

    def raw(self) -> dict[str, Any]:
        return self._found


def same_person(fields: Fields, cpr: str) -> None:
    """An answer about somebody else is never shown."""
    if fields.text("personnummer") != cpr:
        raise Failure("wrong_person")
