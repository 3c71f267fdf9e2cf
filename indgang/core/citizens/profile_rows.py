"""Writes a profile's rows of citizens: the groups with special needs. Rows are already checked by the loader."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from indgang.core.citizens.models import SpecialGroup
from indgang.core.organisation.selectors import unit
from indgang.core.organisation.services import sync_rows
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

LOADER = "system:profile"


@transaction.atomic
def load_profile(rows: Mapping[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    """Bring the special groups to what the profile says; one no longer there ends, whoever has it keeps it."""
    wanted = [_group(row, order) for order, row in enumerate(rows.get("special_groups", []))]
    last_day = clock.local(at).date() - timedelta(days=1)
    changed = sync_rows(wanted, SpecialGroup.objects.all(), key=("code",), last_day=last_day)
    if changed:
        journal.record(
            "citizens.profile_loaded", at=at, viewer_name=LOADER, subject="citizens.special_groups",
            data={"kind": "special_groups", "changes": changed},
        )  # fmt: skip
    return {"special_groups": changed}


def _group(row: dict[str, Any], order: int) -> dict[str, Any]:
    place = unit(row["unit"])
    assert place is not None  # the loader has checked it
    kept = {column: row[column] for column in ("code", "title", "title_en", "source")}
    return kept | {"unit_id": place.id, "order": order, "valid_to": None}
