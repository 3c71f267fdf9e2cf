"""Answers about the house that last from one run of work to the next, until somebody changes the house."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.migrations.operations import RunSQL

from indgang.foundation.runtime.remembering import kept_now

P = ParamSpec("P")
T = TypeVar("T")
MOST = 50_000  # answers a process keeps; a house has fewer
_MARK = "SELECT md5(string_agg(mark::text, '' ORDER BY id)) FROM runtime_housechange"
_READ_FROM: dict[str, frozenset[str]] = {}


class _Shelf:
    """The answers that belong to one state of the house."""

    def __init__(self, mark: object) -> None:
        self.mark = mark
        self.answers: dict[Any, Any] = {}


_shelf = _Shelf(None)  # the newest this process has seen


def lasting(*tables: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For questions answered from these tables alone, with hashable facts: an answer nobody changes comes out.

    Inside `remembering` the answer is that of the last time, in this process, the question was asked, provided that no
    statement has changed a `watched` table since; the mark of the last change is read once a run. Outside, it is asked
    anew. In a transaction, which may have changed the house itself and be rolled back, answers are the run's own. Dates
    belong to the facts: an answer that changes at midnight has the day among them.
    """

    def decorate(ask: Callable[P, T]) -> Callable[P, T]:
        _READ_FROM[f"{ask.__module__}.{ask.__qualname__}"] = frozenset(tables)

        @wraps(ask)
        def answer(*facts: P.args, **named: P.kwargs) -> T:
            run = kept_now()
            if run is None:
                return ask(*facts, **named)
            answers = _answers(run)
            key = (ask, facts, tuple(sorted(named.items())))
            if key not in answers:
                answers[key] = ask(*facts, **named)
            found: T = answers[key]
            return found

        return answer

    return decorate


def read_from() -> dict[str, frozenset[str]]:
    """Every lasting question, by its full name, with the tables it is answered from."""
    return dict(_READ_FROM)


def watched(table: str, *columns: str) -> RunSQL:
    """For a migration: every statement that writes the table changes the house; with columns, updates of these."""
    of = f" OF {', '.join(columns)}" if columns else ""
    name = f"{table}_changes_house"
    return RunSQL(
        f"CREATE TRIGGER {name} BEFORE INSERT OR DELETE OR UPDATE{of} OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION runtime_house_changed()",
        f"DROP TRIGGER {name} ON {table}",
    )


def first_read(column: str, rest: str, facts: Sequence[Any]) -> Any:
    """What `SELECT column rest` finds in its one row, None without a row.

    For what a run of work begins by reading: the mark of the house, which it would ask for next, comes along.
    """
    run = kept_now()
    with connection.cursor() as cursor:
        if run is None or connection.in_atomic_block or _Shelf in run:
            cursor.execute(f"SELECT {column} {rest}", facts)
            row = cursor.fetchone()
            return row and row[0]
        cursor.execute(f"SELECT ({_MARK}), (SELECT {column} {rest})", facts)
        mark, found = cursor.fetchone()
    run[_Shelf] = _shelf_of(mark)
    return found


def _answers(run: dict[Any, Any]) -> dict[Any, Any]:
    """Those of this run: of the shelf with the mark that stood when the run first asked."""
    if connection.in_atomic_block:
        own_answers: dict[Any, Any] = run.setdefault(_answers, {})
        return own_answers
    own: _Shelf | None = run.get(_Shelf)
    if own is None:
        with connection.cursor() as cursor:
            cursor.execute(_MARK)
            own = run[_Shelf] = _shelf_of(cursor.fetchone()[0])
    return own.answers


def _shelf_of(mark: object) -> _Shelf:
    """The newest, if the house has not changed since."""
    global _shelf
    own = _shelf
    if mark is None or own.mark != mark or len(own.answers) > MOST:
        own = _Shelf(mark)
        if mark is not None:
            _shelf = own
    return own
