"""How much of the machine's memory the embedded database takes."""

import os
from pathlib import Path

LEAST, MOST = 256, 4096  # MB of pages the database keeps itself
_CGROUP = Path("/sys/fs/cgroup/memory.max")


def sized(memory_mb: int | None = None) -> dict[str, str]:
    """Settings of PostgreSQL for a machine (or container) with so much memory; without it, for this one.

    An eighth for its own pages: what it finds there costs a tenth of what it must ask the machine's cache for, and the
    rest is left to that cache, the other processes and everybody else. Half is what it may expect to be cached at all.
    """
    memory = memory_mb or _memory_mb()
    return {
        "shared_buffers": f"{min(MOST, max(LEAST, memory // 8))}MB",
        "effective_cache_size": f"{max(2 * LEAST, memory // 2)}MB",
        "io_method": "sync",  # most reads are from the machine's cache: handing them to another process costs more
    }


def _memory_mb() -> int:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    try:
        allowed = _CGROUP.read_text().strip()
    except OSError:
        return machine
    return min(machine, int(allowed) // 2**20) if allowed.isdigit() else machine
