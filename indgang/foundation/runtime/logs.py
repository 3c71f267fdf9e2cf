"""Log lines as JSON on standard output, without personal data.

Two rules keep people out of them. Only the keys in ALLOWED pass, with short plain values. And of a message only the
fixed text written in the code passes, never what was filled into it; of an exception its type and where it happened.
"""

import logging
import logging.config
import sys
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

# Every key must be unable to hold a name, a CPR number, an address or something a citizen wrote.
ALLOWED = frozenset({
    "action", "attempt", "at", "code", "contact", "count", "duration_ms", "employee", "event", "exception", "exit_code",
    "item", "job", "level", "logger", "method", "number", "pid", "port", "process", "queue", "request_id", "route",
    "seconds", "signal", "state", "status", "task", "transport", "unit", "verb", "version", "where",
})  # fmt: skip
# Loggers whose messages are fixed texts with placeholders. Others may build theirs from data: only the place is logged.
_FIXED_TEXTS = ("indgang", "django")
_LONGEST = 200
_FRAMES = 12


class Output(logging.Handler):
    """Standard output as it is at that moment.

    The stream has a lock of its own: with one more around it, all threads would wait for the one that writes.
    """

    def createLock(self) -> None:
        """None: see above."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")
        sys.stdout.flush()


def configure(_settings: dict[str, object] | None = None) -> None:
    """Called once at set-up."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": "indgang.foundation.runtime.logs.formatter"}},
            "handlers": {"out": {"class": "indgang.foundation.runtime.logs.Output", "formatter": "lines"}},
            "root": {"handlers": ["out"], "level": "INFO"},
            "loggers": {
                "django.request": {"level": "ERROR"},  # 4xx are answers, not faults
                "django.security": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
                "aiosmtpd": {"level": "ERROR"},
                "mail.log": {"level": "ERROR"},
            },
        }
    )


def formatter() -> logging.Formatter:
    """Turns any record, ours or a library's, into one safe line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[fixed_text_only],
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            where_it_happened,
            allowed_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        use_get_message=False,
    )


def fixed_text_only(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """A record of the standard library: its fixed text or its place, and the route (never the address) asked for."""
    record: logging.LogRecord = event["_record"]
    fixed = record.name.split(".", 1)[0] in _FIXED_TEXTS
    action = getattr(record, "action", None)
    text = record.msg if fixed and isinstance(record.msg, str) else action or f"{record.module}:{record.lineno}"
    event.update(event=text, level=record.levelname.lower(), logger=record.name)
    if status := getattr(record, "status_code", None):
        event["status"] = status
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match is not None:
        event["route"] = match.route
    return event


def where_it_happened(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """An exception as its types (causes first) and its places; its values may be personal."""
    found = event.pop("exc_info", None)
    event.pop("exc_text", None)
    if found is True:
        found = sys.exc_info()
    error = found if isinstance(found, BaseException) else found[1] if found else None
    if error is not None:
        event["exception"] = " < ".join(_types(error))[:_LONGEST]
        event["where"] = _places(error.__traceback__)
    return event


def allowed_only(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Drop what is not on the list, and what is neither a short text nor a number."""
    return {key: _plain(value) for key, value in event.items() if key in ALLOWED and value is not None}


def _types(error: BaseException) -> list[str]:
    names: list[str] = []
    current: BaseException | None = error
    while current is not None and len(names) < 5:
        names.append(f"{type(current).__module__}.{type(current).__qualname__}")
        current = current.__cause__ or current.__context__
    return names


def _places(trace: TracebackType | None) -> list[str]:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-3:])}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-_FRAMES:]


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return [_plain(each) for each in value[:_FRAMES]]
    return str(value)[:_LONGEST]


def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Put in the place of sys.excepthook: the last word of a process is a safe line too."""
    logging.getLogger("indgang.process").critical("uncaught exception", exc_info=(kind, error, trace))
