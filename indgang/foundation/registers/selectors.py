"""Which registers there are and how they do; and what the simulated outside world has received (demo only)."""

from indgang.foundation.registers import condition
from indgang.foundation.registers.demo_town import is_filled, simulated
from indgang.foundation.registers.outside import is_connected
from indgang.foundation.registers.port import PORTS
from indgang.foundation.registers.presenting import lines, name_of
from indgang.foundation.registers.smtp.kept import KeptMail, kept_mail, kept_mails
from indgang.foundation.registers.values import Source, Unwell

__all__ = [
    "KeptMail",
    "connected",
    "is_filled",
    "kept_mail",
    "kept_mails",
    "lines",
    "name_of",
    "simulated",
    "source",
    "sources",
    "unwell",
]


def sources() -> tuple[Source, ...]:
    """Every register that can be asked about a person, connected here or not."""
    return tuple(port.source for port in PORTS.values())


def source(code: str) -> Source:
    """One of them; KeyError for none."""
    return PORTS[code].source


def connected(code: str) -> bool:
    """Whether an address of the register is set."""
    return is_connected(code)


def unwell() -> list[Unwell]:
    """The registers and feeds that failed lately and have not answered since."""
    return condition.unwell([place for code in PORTS for place in (code, f"{code}.changes")])
