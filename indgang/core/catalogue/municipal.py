"""The municipality's rules that are values, changed by hand; a loaded profile then leaves them alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from indgang.core.catalogue.errors import UnknownSetting, WrongKindOfValue
from indgang.core.catalogue.models import Setting
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal

KEEPERS = (Role.MANAGER, Role.EXECUTIVE, Role.EDITOR, Role.OPERATOR)
_LONGEST = 10_000


@dataclass(frozen=True)
class SettingRow:
    """A value of the municipality."""

    code: str
    value: object
    by_hand: bool


def settings_under(prefix: str) -> list[SettingRow]:
    """The single values (no tables) whose code begins so: settings_under("contacts.")."""
    rows = Setting.objects.filter(code__startswith=prefix).order_by("code")
    return [SettingRow(row.code, row.value, row.by_hand) for row in rows if not isinstance(row.value, dict)]


@transaction.atomic
def set_setting(*, code: str, value: object, viewer: Viewer, at: datetime) -> None:
    """Give a known rule another value of the same kind. Raises UnknownSetting, WrongKindOfValue, NotFound."""
    if not (viewer.is_process or viewer.has_role(*KEEPERS)):
        raise NotFound
    row = Setting.objects.select_for_update().filter(code=code).first()
    if row is None or isinstance(row.value, dict):
        raise UnknownSetting
    if _kind(value) != _kind(row.value) or (isinstance(value, str) and len(value) > _LONGEST):
        raise WrongKindOfValue
    if row.value == value:
        return
    row.value, row.by_hand = value, True
    row.save(update_fields=["value", "by_hand"])
    journal.record(
        "catalogue.setting_set",
        at=at,
        viewer_name=viewer.name,
        subject=f"catalogue.setting:{code}",
        data={"code": code},
    )


def _kind(value: object) -> str:
    """Whole and broken numbers are one kind; yes and no are none of them."""
    if isinstance(value, bool):
        return "truth"
    return "number" if isinstance(value, int | float) else type(value).__name__
