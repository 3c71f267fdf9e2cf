"""Writes how a profile's municipality handles cases. Rows are already checked by the loader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from indgang.core.cases.models import CaseSetting, NoticeRule, StepTemplate
from indgang.core.cases.values import Retention, Sensitivity
from indgang.core.organisation.services import sync_rows
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal

LOADER = system("profile")
USUAL_YEARS = 5
_DROPPED = {"task", "source"}
Rows = Mapping[str, list[dict[str, Any]]]


@transaction.atomic
def load_profile(rows: Rows, *, at: datetime) -> dict[str, int]:
    """Bring the handling of cases to what the profile says; returns the changes per kind.

    What people of the municipality have changed since stays theirs.
    """
    changes = {"case_settings": _settings(rows), "step_templates": _templates(rows), "notice_rules": _rules(rows)}
    for kind, count in changes.items():
        if count:
            journal.record(
                "cases.profile_loaded", at=at, viewer_name=LOADER.name, subject=f"cases.{kind}",
                data={"kind": kind, "changes": count},
            )  # fmt: skip
    return changes


def _settings(rows: Rows) -> int:
    told = set(CaseSetting.objects.filter(by_hand=True).values_list("task_id", flat=True))
    brought = [_setting(row) for row in rows.get("case_settings", []) if row["task"] not in told]
    return sync_rows(brought, CaseSetting.objects.filter(by_hand=False), key=("task_id",))


def _setting(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in _DROPPED}
    return kept | {
        "task_id": row["task"],
        "sensitivity": row["sensitivity"] or Sensitivity.CONFIDENTIAL.value,
        "retention": row["retention"] or Retention.DISCARD.value,
        "retention_years": row["retention_years"] or USUAL_YEARS,
        "affects": sorted(row["affects"]),
    }


def _templates(rows: Rows) -> int:
    """A list somebody has changed by hand is theirs as a whole."""
    told = set(StepTemplate.objects.filter(by_hand=True).values_list("task_id", "life_event"))
    brought = [
        {name: value for name, value in row.items() if name not in _DROPPED} | {"task_id": row["task"] or None}
        for row in rows.get("step_templates", [])
        if (row["task"] or None, row["life_event"]) not in told
    ]
    return sync_rows(brought, StepTemplate.objects.filter(by_hand=False), key=("task_id", "life_event", "order"))


def _rules(rows: Rows) -> int:
    told = set(NoticeRule.objects.filter(by_hand=True).values_list("kind", "task_id"))
    brought = [
        {name: value for name, value in row.items() if name not in _DROPPED} | {"task_id": row["task"] or None}
        for row in rows.get("notice_rules", [])
        if (row["kind"], row["task"] or None) not in told
    ]
    return sync_rows(brought, NoticeRule.objects.filter(by_hand=False), key=("kind", "task_id"))
