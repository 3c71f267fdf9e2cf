"""What the registers can do: deliver a mail, listen for mails, and play the outside systems in a process of its own."""

from indgang.foundation.registers.smtp.delivery import deliver
from indgang.foundation.registers.smtp.listener import Listener
from indgang.foundation.registers.smtp.simulator import run_simulators

__all__ = ["Listener", "deliver", "run_simulators"]
