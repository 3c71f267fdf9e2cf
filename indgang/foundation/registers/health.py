"""Whether the registers answer, for the readiness check and operations."""

from collections.abc import Callable

from django.utils.translation import gettext

from indgang.foundation.registers import condition
from indgang.foundation.registers.feed import not_followed
from indgang.foundation.registers.outside import is_connected
from indgang.foundation.registers.presenting import fault_words, name_of
from indgang.foundation.registers.values import Source


def probe(source: Source) -> Callable[[], str]:
    """The health probe of one register; one that is not connected is missed by nobody."""

    def look() -> str:
        if not is_connected(source.code):
            return ""
        name = name_of(source)
        for unwell in condition.unwell([source.code, f"{source.code}.changes"]):
            return f"{name[:1].upper()}{name[1:]} {fault_words(unwell.fault)}."
        if not_followed(source):
            return gettext("Ændringer fra %(register)s er ikke læst i et stykke tid.") % {"register": name}
        return ""

    return look
