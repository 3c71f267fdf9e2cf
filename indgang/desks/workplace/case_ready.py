"""Whether a case can be decided: what is lacking, and where it is put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from indgang.core.cases.values import Gate
from indgang.desks.workplace.case_pages import OpenCase


@dataclass(frozen=True)
class GateLine:
    """One thing that must be in order, and the way to put it right."""

    gate: Gate
    way: str  # an address; empty: nothing leads there
    way_name: str
    in_dialog: bool


def lines(found: OpenCase, gates: Iterable[Gate]) -> list[GateLine]:
    """The gates as the page shows them; what is lacking first."""
    made = [_line(found, gate) for gate in gates]
    return sorted(made, key=lambda line: line.gate.met)


def is_ready(gates: Iterable[Gate]) -> bool:
    """Whether nothing is lacking but what one may confirm."""
    return all(gate.met or gate.warning for gate in gates)


def _line(found: OpenCase, gate: Gate) -> GateLine:
    if gate.met or gate.remedy not in _WAYS:
        return GateLine(gate, "", "", False)
    name, in_dialog = _WAYS[gate.remedy]
    address = reverse(f"workplace:{name}", args=[found.page.number])
    if gate.remedy == "note":
        address += "?skriv=notat"
    return GateLine(gate, address, _words(gate.remedy), in_dialog)


def _words(remedy: str) -> str:
    return {
        "note": gettext("Skriv notatet"),
        "hearing": gettext("Gå til partshøring"),
        "opinion": gettext("Se sagen"),
        "hand_over": gettext("Giv sagen videre"),
        "party": gettext("Sæt en part på"),
        "reopen": gettext("Genoptag sagen"),
    }[remedy]


_WAYS = {  # what puts a gate right -> the address, and whether it is a dialog
    "note": ("case", False),
    "hearing": ("case-hearing", True),
    "opinion": ("case", False),
    "hand_over": ("case-hand-over", True),
    "party": ("case-party", True),
    "reopen": ("case-reopen", True),
}
