"""How far a way of forecasting was off: one measure for ours and those beside it. Pure; docs/algorithms/forecast.md."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass
class Tally:
    """Errors summed up day by day."""

    off: float = 0.0  # absolute errors by interval
    off_by_day: float = 0.0
    counted: float = 0.0

    def add(self, told: Floats, truth: Floats) -> None:
        """One day: what was told of the intervals counted, and what came."""
        self.off += float(np.abs(told - truth).sum())
        self.off_by_day += abs(float(told.sum() - truth.sum()))
        self.counted += float(truth.sum())

    @property
    def wape(self) -> float:
        """Sum of absolute errors over sum of counts, by interval."""
        return self.off / max(self.counted, 1e-9)

    @property
    def day_wape(self) -> float:
        """The same of days' totals."""
        return self.off_by_day / max(self.counted, 1e-9)
