"""What the registers can do as a process."""

from indgang.foundation.registers.smtp.simulator import run_simulators

__all__ = ["run_simulators"]
