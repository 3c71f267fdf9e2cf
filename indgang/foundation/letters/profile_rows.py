"""Writes a profile's letter templates. Rows are already checked by the loader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from indgang.foundation.letters.models import LetterTemplate
from indgang.foundation.letters.template_rows import PROFILE, save_template
from indgang.foundation.runtime import clock

LOADER = "profile"


@transaction.atomic
def load_profile(rows: Mapping[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    """Bring the letter templates to what the profile says; how many changed.

    What people of the municipality have written or taken out of use stays theirs.
    """
    return {"letter_templates": sum(_bring(row, at) for row in rows.get("letter_templates", []))}


def _bring(row: Mapping[str, Any], at: datetime) -> int:
    known = LetterTemplate.objects.filter(code=row["code"], language=row["language"]).order_by("-version")
    newest = known.first()
    today = clock.local(at).date()
    if newest is not None:
        by_people = newest.origin != PROFILE or (newest.valid_to is not None and newest.valid_to <= today)
        if by_people or (newest.kind, newest.title, newest.body) == (row["kind"], row["title"], row["body"].strip()):
            return 0
    save_template(
        code=row["code"], language=row["language"], kind=row["kind"], title=row["title"], body=row["body"],
        viewer_name=LOADER, at=at, origin=PROFILE,
    )  # fmt: skip
    return 1
