"""How much memory the embedded database takes."""

import pytest

from indgang.foundation.runtime.sizing import sized


@pytest.mark.parametrize(("memory_mb", "buffers"), [(1_024, "256MB"), (8_192, "1024MB"), (262_144, "4096MB")])
def test_an_eighth_of_the_memory_is_taken_but_never_too_little_or_too_much(memory_mb, buffers):
    assert sized(memory_mb)["shared_buffers"] == buffers


def test_this_machine_has_room_for_what_is_taken_here():
    taken = sized()
    assert int(taken["shared_buffers"][:-2]) <= int(taken["effective_cache_size"][:-2])
