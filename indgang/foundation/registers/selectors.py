"""What the simulated outside world has received (demo only)."""

from indgang.foundation.registers.smtp.kept import KeptMail, kept_mail, kept_mails

__all__ = ["KeptMail", "kept_mail", "kept_mails"]
