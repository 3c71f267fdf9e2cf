"""Who may change rights, and how everybody hears of it."""

from indgang.foundation.access import errors
from indgang.foundation.access.models import Account
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.web import services as web


def require_leader(viewer: Viewer) -> None:
    """Rights are the security leader's; the set-up of the municipality is a process."""
    if not (viewer.is_process or viewer.has_role(Role.SECURITY_LEADER)):
        raise errors.NotFound


def require_account_keeper(viewer: Viewer) -> None:
    """Accounts and keys are also operations'."""
    if not viewer.has_role(Role.OPERATOR):
        require_leader(viewer)


def refuse_self(viewer: Viewer, account_id: int) -> None:
    """Nobody changes their own rights."""
    if viewer.account == account_id:
        raise errors.OwnRights


def locked(account: Account | int) -> Account:
    """The row, for this transaction alone."""
    pk = account if isinstance(account, int) else account.pk
    row = Account.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise errors.NotFound
    return row


def tell(account_id: int) -> None:
    """When this commits, every open page of the account reads again and streams it may not follow any more end."""
    web.publish(web.SESSION_TOPIC, "account", str(account_id))
