"""What tests of other modules may do with insight."""

import time

from indgang.desks.insight import counting
from indgang.desks.insight.models import DailyFact


def counted(what: str, number: int) -> None:
    """Count until so many `what` (a column of DailyFact) are there, for at most 20 s.

    An event written while another transaction ran is read only when that one has ended.
    """
    for _ in range(200):
        counting.count()
        if sum(DailyFact.objects.values_list(what, flat=True)) >= number:
            return
        time.sleep(0.1)
