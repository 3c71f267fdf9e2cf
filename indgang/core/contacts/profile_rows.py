"""Writes a profile's standard replies and materials. Rows are already checked by the loader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from indgang.core.contacts.models import Material, ReplyTemplate
from indgang.core.contacts.standard_replies import save_template
from indgang.core.organisation.services import sync_rows
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal

LOADER = system("profile")


@transaction.atomic
def load_profile(rows: Mapping[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    """Bring materials to what the profile says, and add its standard replies; returns the changes per kind.

    What people of the municipality have changed since stays theirs: the profile writes only on top of its own.
    """
    told = set(Material.objects.filter(by_hand=True).values_list("code", flat=True))
    brought = [row for row in rows.get("materials", []) if row["code"] not in told]
    materials = sync_rows(brought, Material.objects.filter(by_hand=False), key=("code",))
    if materials:
        journal.record(
            "contacts.profile_loaded", at=at, viewer_name=LOADER.name, subject="contacts.materials",
            data={"kind": "materials", "changes": materials},
        )  # fmt: skip
    replies = sum(_bring(row, at) for row in rows.get("reply_templates", []))
    return {"materials": materials, "reply_templates": replies}


def _bring(row: Mapping[str, Any], at: datetime) -> int:
    known = ReplyTemplate.objects.filter(code=row["code"], language=row["language"]).order_by("-version")
    newest = known.first()
    if newest is not None and (newest.saved_by != LOADER.name or not newest.current):
        return 0
    if newest is not None and _told(newest) == (row["title"], row["body"], row["task"]):
        return 0
    save_template(
        code=row["code"], title=row["title"], body=row["body"], task=row["task"], language=row["language"],
        viewer=LOADER, at=at,
    )  # fmt: skip
    return 1


def _told(row: ReplyTemplate) -> tuple[str, str, str]:
    return row.title, row.body, row.task_id or ""
