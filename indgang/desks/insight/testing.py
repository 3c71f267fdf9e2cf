"""What tests of other modules may do with insight."""

from indgang.desks.insight.counting import count

__all__ = ["count"]
