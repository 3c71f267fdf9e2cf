"""Asking several registers about one person at the same time, in a time that a page can spare.

Threads only use the network; the database is this thread's. Only an answer that comes too late is kept by the thread
that brought it, on a connection of its own which it closes.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import Error as DatabaseFault
from django.db import connections

from indgang.foundation.access import services as access
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.registers import condition, presenting, remembered
from indgang.foundation.registers.cpr.client import CPR, ask_cpr
from indgang.foundation.registers.errors import UnknownSource
from indgang.foundation.registers.income.client import INCOME, ask_income
from indgang.foundation.registers.outside import Failure, UnknownPerson, is_connected
from indgang.foundation.registers.values import Answer, FactValue, Source, Subject
from indgang.foundation.web.services import leave_desk

Facts = Mapping[str, FactValue]
Ask = Callable[[str, datetime, float], Facts]  # number, moment, seconds; raises Failure, UnknownPerson
KIND = "register"  # of looks in the access log
DEADLINE_SECONDS = 0.8
AT_ONCE = 8  # questions of one process to one register at the same time; a register that hangs holds no more threads
BUSY, LATE, PAUSED, NO_NUMBER = "busy", "timeout", "paused", "no_number"

log = structlog.get_logger("indgang.registers")


@dataclass(frozen=True)
class Port:
    """A register and how it is asked."""

    source: Source
    ask: Ask
    slots: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))


PORTS = {port.source.code: port for port in (Port(CPR, ask_cpr), Port(INCOME, ask_income))}


@dataclass(frozen=True)
class _Outcome:
    """What became of one question."""

    facts: Facts | None = None  # None: no usable answer
    fault: str = ""
    known: bool = True


def ask(
    source: Source | str, person: Subject, viewer: Viewer, purpose: Purpose, at: datetime, *, seconds: float = 0
) -> Answer:
    """Ask one register and wait as long as it may take (or so many seconds); see `ask_all`."""
    port = _port(source)
    [answer] = ask_all(person, [port.source], viewer, purpose, at, seconds or port.source.timeout).values()
    return answer


def ask_all(
    person: Subject,
    sources: Iterable[Source | str],
    viewer: Viewer,
    purpose: Purpose,
    at: datetime,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> dict[str, Answer]:
    """Ask all these registers about the person at once; an answer for each code, within the deadline whatever happens.

    Before anything is asked a look for each register stands in the access log. Raises NotFound where the purpose does
    not open the person, LogUnavailable where the log cannot be written. Call it outside a transaction.
    """
    ports = {port.source.code: port for port in map(_port, sources)}
    access.open_for(viewer, citizen=person.id, kind=KIND, purpose=purpose, at=at, sources=tuple(ports))
    outcomes = _outcomes(ports, person, at, deadline_seconds)
    missing = [ports[code].source for code, outcome in outcomes.items() if outcome.facts is None and outcome.known]
    last = remembered.recall(missing, person.id, at) if missing else {}
    return {
        code: presenting.answer(
            ports[code].source,
            outcome.facts,
            outcome.fault,
            last.get(code),
            viewer,
            at,
            known=outcome.known,
            protected_until=person.protected_until,
        )
        for code, outcome in outcomes.items()
    }


def _outcomes(ports: dict[str, Port], person: Subject, at: datetime, seconds: float) -> dict[str, _Outcome]:
    until = time.monotonic() + seconds
    if not person.cpr:
        return dict.fromkeys(ports, _Outcome(fault=NO_NUMBER))
    outcomes = {code: _Outcome(fault="not_connected") for code in ports if not is_connected(code)}
    connected = [code for code in ports if code not in outcomes]
    states = condition.known(connected, person.id, at - remembered.SAID_AGAIN)
    outcomes |= {code: _Outcome(fault=PAUSED) for code, state in states.items() if not state.may_ask}
    waiting = _begin([port for code, port in ports.items() if code not in outcomes], person, at, until)
    if waiting:
        leave_desk()
    came = {code: question.wait(until) for code, question in waiting.items()}
    answers = {ports[code].source: one.facts for code, one in came.items() if one.facts is not None}
    news = {
        source: facts
        for source, facts in answers.items()
        if not remembered.says_the_same(source, states[source.code].said, facts)
    }
    remembered.remember(person.id, news, at)
    for code, outcome in came.items():
        _note(ports[code].source, person, outcome, news=states[code].note_answer)
    outcomes |= came
    return {code: outcomes[code] for code in ports}


def _begin(ports: Iterable[Port], person: Subject, at: datetime, until: float) -> dict[str, "_Question"]:
    waiting = {}
    for port in ports:
        waiting[port.source.code] = question = _Question(port, person, at)
        question.begin()
    return waiting


def _note(source: Source, person: Subject, outcome: _Outcome, *, news: bool) -> None:
    """What the answer means for the next questions."""
    if outcome.fault == BUSY:
        return
    if outcome.fault:
        log.warning("register failed", transport=source.code, code=outcome.fault)
        condition.failed(source.code, outcome.fault)
        return
    if not outcome.known:
        remembered.forget(source, person.id)
    if news:
        condition.answered(source.code)


class _Question:
    """One question on its way; either who asked takes the outcome, or, too late, the thread that brought it."""

    def __init__(self, port: Port, person: Subject, at: datetime) -> None:
        self._port, self._person, self._at = port, person, at
        self._answers: queue.SimpleQueue[_Outcome] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._given_up = False

    def begin(self) -> None:
        """Off, in a thread that nobody waits for at the end of the process."""
        if not self._port.slots.acquire(blocking=False):
            self._answers.put(_Outcome(fault=BUSY))
            return
        name = f"register-{self._port.source.code}"
        try:
            threading.Thread(target=self._run, name=name, daemon=True).start()
        except RuntimeError:  # the machine gives no more threads
            self._port.slots.release()
            self._answers.put(_Outcome(fault=BUSY))

    def wait(self, until: float) -> _Outcome:
        """The outcome; a register that has not answered by then has failed."""
        try:
            return self._answers.get(timeout=max(until - time.monotonic(), 0.0))
        except queue.Empty:
            pass
        with self._lock:
            self._given_up = self._answers.empty()
        return _Outcome(fault=LATE) if self._given_up else self._answers.get()

    def _run(self) -> None:
        outcome = _Outcome(fault="crashed")
        try:
            outcome = self._ask()
        finally:
            self._port.slots.release()
            with self._lock:
                late = self._given_up
                if not late:
                    self._answers.put(outcome)
        if late and outcome.facts is not None:
            self._keep(outcome.facts)

    def _ask(self) -> _Outcome:
        source = self._port.source
        try:
            return _Outcome(self._port.ask(self._person.cpr, self._at, source.timeout))
        except UnknownPerson:
            return _Outcome(known=False)
        except Failure as failure:
            return _Outcome(fault=failure.fault)

    def _keep(self, facts: Facts) -> None:
        """Too late for who asked; good for whoever asks next."""
        try:
            remembered.remember(self._person.id, {self._port.source: facts}, self._at)
        except DatabaseFault:
            log.warning("late answer not kept", transport=self._port.source.code)
        finally:
            connections.close_all()


def _port(source: Source | str) -> Port:
    code = source if isinstance(source, str) else source.code
    if code not in PORTS:
        raise UnknownSource(code=code[:20])
    return PORTS[code]
