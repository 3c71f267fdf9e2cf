"""The security instruction: published in versions, accepted before the first login of each."""

from datetime import datetime

from django.db import transaction

from indgang.foundation.access import errors
from indgang.foundation.access.leaders import require_leader
from indgang.foundation.access.models import Acceptance, Account, Instruction, Switch
from indgang.foundation.access.values import SwitchCode, Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

PROFILE = system("profile")
SHORTEST, LONGEST = 200, 30_000


@transaction.atomic
def publish_instruction(*, text: str, text_en: str, after: int, viewer: Viewer, at: datetime) -> Instruction:
    """The next version; everybody accepts it at their next login. `after` is the version the writer started from."""
    require_leader(viewer)
    danish, english = text.replace("\r\n", "\n").strip(), text_en.replace("\r\n", "\n").strip()
    for sentence, field in ((danish, "text"), (english, "text_en")):
        if not SHORTEST <= len(sentence) <= LONGEST or "\x00" in sentence:
            raise errors.BadInstruction(field=field, shortest=SHORTEST, longest=LONGEST)
    newest = Instruction.objects.select_for_update().order_by("-number").first()
    if (newest.number if newest else 0) != after:
        raise errors.Stale
    row = Instruction.objects.create(
        number=after + 1, text=danish, text_en=english, published_at=at, published_by=viewer.name
    )
    journal.record(
        "access.instruction_published", at=at, viewer_name=viewer.name, subject=row, data={"number": row.number}
    )
    return row


@transaction.atomic
def bring_instruction(*, text: str, text_en: str, at: datetime) -> bool:
    """The text a municipality's profile begins with; never over one that is there. Whether it was needed."""
    if Instruction.objects.exists():
        return False
    publish_instruction(text=text, text_en=text_en, after=0, viewer=PROFILE, at=at)
    return True


@transaction.atomic
def accept_instruction(*, account: Account, number: int, at: datetime) -> None:
    """The person has read this version; an older one than the newest is refused. Twice changes nothing."""
    wanted = instruction_due(account)
    if wanted is None:
        return
    if wanted.number != number:
        raise errors.Stale
    _, new = Acceptance.objects.get_or_create(account=account, instruction=wanted, defaults={"at": at})
    if new:
        name = f"account:{account.pk}"
        journal.record("access.instruction_accepted", at=at, viewer_name=name, subject=account, data={"number": number})


def instruction_due(account: Account) -> Instruction | None:
    """The version this account has still to accept.

    The people of a demo town are invented: what came with the set-up they are taken to have read, unless the
    municipality says otherwise.
    """
    newest = Instruction.objects.order_by("-number").first()
    if newest is None or (account.demo and newest.published_by.startswith("system:") and _demo_has_read()):
        return None
    return None if Acceptance.objects.filter(account=account, instruction=newest).exists() else newest


def _demo_has_read() -> bool:
    newest = Switch.objects.filter(code=SwitchCode.DEMO_HAS_READ, valid_from__lte=clock.now())
    found = newest.order_by("-valid_from", "-pk").values_list("on", flat=True).first()
    return found is not False
