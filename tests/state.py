"""What a state of a screen is."""

from dataclasses import dataclass, field

FORM = "#indhold form[method=post]"
LEADER = "sigurd.sikker"


@dataclass(frozen=True)
class State:
    """One screen in one state."""

    route: str  # as in the address table
    name: str
    path: str
    by: str = ""
    fill: dict[str, str] = field(default_factory=dict)
    press: str = ""
    status: int = 200  # of the page that is shown in the end

    @property
    def title(self) -> str:
        return f"{self.route or '/'} {self.name}"
