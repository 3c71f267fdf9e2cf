"""An agent as a process of its own: answers every offer and finishes it, until it is killed.

`python -m indgang.core.routing.tests.agent_process EMPLOYEE [--work SECONDS] [--silent]`
`--silent` prints "offered" at the first offer and never answers it.
"""

import argparse
import os
import sys
import time
from uuid import UUID

import django
import psycopg

LOOK_SECONDS = 0.06


class Desk:
    """Looks for offers on a bare connection: sixteen agents who look often must not be the load that is measured."""

    def __init__(self, employee: int) -> None:
        self.employee = employee
        self.connection: psycopg.Connection[tuple[object, ...]] | None = None

    def ask(self, question: str) -> object:
        if self.connection is None:
            address = os.environ["DATABASE_URL"]
            self.connection = psycopg.connect(address, autocommit=True, application_name="crew")
        row = self.connection.execute(question, [self.employee]).fetchone()
        return row[0] if row else None

    def account(self) -> int:
        return int(str(self.ask("SELECT account_id FROM organisation_employee WHERE id = %s")))

    def offered(self) -> UUID | None:
        found = self.ask("SELECT item_id FROM routing_offer WHERE agent_id = %s AND result = ''")
        return found if isinstance(found, UUID) else None


def main() -> None:
    django.setup()
    options = _options()
    from indgang.core.organisation.selectors import viewer_of_account
    from indgang.core.routing import services
    from indgang.foundation.runtime import clock

    desk = Desk(options.employee)
    viewer = viewer_of_account(desk.account(), clock.now())
    assert viewer is not None
    services.set_state(employee_id=options.employee, mode="available", at=clock.now(), viewer=viewer)
    _say("ready")

    def answer(item: UUID) -> None:
        services.accept(item_id=item, viewer=viewer, at=clock.now())
        time.sleep(options.work)
        services.finish(item_id=item, viewer=viewer, at=clock.now())

    while True:
        _look(desk, answer, silent=options.silent)


def _look(desk, answer, *, silent) -> None:
    from django.db import Error, connection

    from indgang.foundation.runtime.errors import DomainError

    try:
        item = desk.offered()
        if item is None:
            time.sleep(LOOK_SECONDS)
        elif silent:
            _say("offered")
            time.sleep(3600)
        else:
            answer(item)
    except DomainError as error:
        _say(f"refused {error.code}")
    except (Error, psycopg.Error):
        connection.close()
        desk.connection = None
        time.sleep(0.2)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("employee", type=int)
    parser.add_argument("--work", type=float, default=0.0)
    parser.add_argument("--silent", action="store_true")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
