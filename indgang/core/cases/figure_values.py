"""Shapes of figures about cases."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseFigures:
    """Cases of one task (or all: empty code) decided in a time, and complaints that came in it."""

    task: str
    title: str
    decided: int
    median_days: float  # from the opening to the decision; half were faster
    slow_days: float  # nine of ten were faster
    with_deadline: int
    in_time: int
    handovers: int  # in all; 0: nobody had to give a case to another
    never_handed_over: int
    reopened: int
    complaints: int
    changed: int  # complaints after which the decision was taken up again

    @property
    def handovers_each(self) -> float:
        """Handovers per decided case (requirement esdh.nocall)."""
        return self.handovers / self.decided if self.decided else 0.0

    @property
    def in_time_percent(self) -> int | None:
        """Of those that had a day to be answered by."""
        return _percent(self.in_time, self.with_deadline)

    @property
    def reopened_percent(self) -> int | None:
        """Of all decided: how often something had to be done over (requirement esdh.safe)."""
        return _percent(self.reopened, self.decided)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
