"""The text of /metrics: counters of all web workers together, and gauges read from the database when asked."""

import os
from collections.abc import Callable, Iterable

from django.db import Error
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

Read = Callable[[], float]
_gauges: dict[str, tuple[str, Read]] = {}


class _ReadGauges(Collector):
    def collect(self) -> Iterable[GaugeMetricFamily]:
        for name, (help_text, read) in sorted(_gauges.items()):
            try:
                yield GaugeMetricFamily(name, help_text, value=read())
            except Error:
                continue  # a gauge that cannot be read is left out: a gap in the curve, no wrong figure


def register_gauge(name: str, help_text: str, read: Read) -> None:
    """Read this figure at every scrape; `name` after the custom of Prometheus (indgang_outbox_attention)."""
    if name in _gauges:
        raise ValueError(f"The gauge {name} is registered twice.")
    _gauges[name] = (help_text, read)


def exposition() -> bytes:
    """All figures in the text format of Prometheus."""
    gauges = CollectorRegistry()
    gauges.register(_ReadGauges())
    return generate_latest(_counters()) + generate_latest(gauges)


def _counters() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together
