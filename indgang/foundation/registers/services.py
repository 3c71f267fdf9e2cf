"""What the registers can do: deliver a mail, order a letter, listen for mails, play the outside systems."""

from indgang.foundation.registers.print.ordering import PrintOrder, order_print
from indgang.foundation.registers.smtp.delivery import deliver
from indgang.foundation.registers.smtp.listener import Listener
from indgang.foundation.registers.smtp.simulator import run_simulators

__all__ = ["Listener", "PrintOrder", "deliver", "order_print", "run_simulators"]
