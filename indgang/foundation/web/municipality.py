"""Whose service this is: what the municipality fills in about itself and about the accessibility of its pages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Statement:
    """The accessibility statement. An empty date means that nobody has tested the pages with people yet."""

    reviewed: str = ""
    flaws: tuple[str, ...] = ()
    mail: str = ""
    phone: str = ""
    register: str = ""  # address of the official statement, once it stands there


@dataclass(frozen=True)
class Municipality:
    """Name and ways of contact, shown at the foot of every page."""

    name: str
    mail: str
    phone: str
    statement: Statement

    @property
    def phone_link(self) -> str:
        """The number as a link has it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")


@cache
def municipality() -> Municipality:
    """Read from the profile's municipality.toml; without one, what the settings know."""
    path = Path(settings.INDGANG_PROFILES) / settings.INDGANG_PROFILE / "municipality.toml"
    facts = tomllib.loads(path.read_text()) if path.exists() else {}
    mail = facts.get("mail") or settings.MUNICIPALITY_MAIL
    phone = facts.get("phone", "")
    found = facts.get("accessibility", {})
    statement = Statement(
        reviewed=str(found.get("reviewed", "")),
        flaws=tuple(found.get("flaws", ())),
        mail=found.get("mail", mail),
        phone=found.get("phone", phone),
        register=found.get("register", ""),
    )
    return Municipality(name=facts.get("name", "Kommunen"), mail=mail, phone=phone, statement=statement)
