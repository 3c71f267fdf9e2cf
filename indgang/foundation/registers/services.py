"""What one can do with outside systems: ask registers, follow them, report to them; mails, letters, simulators."""

from indgang.foundation.registers.demo_town import behave, fill, happen
from indgang.foundation.registers.feed import changes, look_up, mark_followed, note_stuck
from indgang.foundation.registers.port import ask, ask_all
from indgang.foundation.registers.print.ordering import PrintOrder, order_print
from indgang.foundation.registers.remembered import forget_expired
from indgang.foundation.registers.reporting import deliver_report, report_change
from indgang.foundation.registers.smtp.delivery import deliver
from indgang.foundation.registers.smtp.listener import Listener
from indgang.foundation.registers.smtp.simulator import run_simulators
from indgang.foundation.registers.virus.client import Verdict, has_scanner, scan_file

__all__ = [
    "Listener",
    "PrintOrder",
    "Verdict",
    "ask",
    "ask_all",
    "behave",
    "changes",
    "deliver",
    "deliver_report",
    "fill",
    "forget_expired",
    "happen",
    "has_scanner",
    "look_up",
    "mark_followed",
    "note_stuck",
    "order_print",
    "report_change",
    "run_simulators",
    "scan_file",
]
