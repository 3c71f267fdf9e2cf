"""An agent as a process of its own: answers every offer and finishes it, until nothing comes or it is killed.

`python -m indgang.core.routing.tests.agent_process EMPLOYEE [--work SECONDS] [--silent]`
`--silent` prints "offered" at the first offer and never answers it.
"""

import argparse
import sys
import time
from uuid import UUID

import django


def main() -> None:
    django.setup()
    options = _options()
    from django.db import Error, connection

    from indgang.core.organisation.selectors import employee, viewer_of_account
    from indgang.core.routing import services
    from indgang.foundation.runtime import clock
    from indgang.foundation.runtime.errors import DomainError

    def account() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT account_id FROM organisation_employee WHERE id = %s", [options.employee])
            return int(cursor.fetchone()[0])

    def offered() -> UUID | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT item_id FROM routing_offer WHERE agent_id = %s AND result = ''", [options.employee])
            row = cursor.fetchone()
        return row[0] if row else None

    assert employee(options.employee) is not None
    viewer = viewer_of_account(account(), clock.now())
    assert viewer is not None
    services.set_state(employee_id=options.employee, mode="available", at=clock.now(), viewer=viewer)
    _say("ready")
    while True:
        try:
            item = offered()
            if item is None:
                time.sleep(0.02)
                continue
            if options.silent:
                _say("offered")
                time.sleep(3600)
            services.accept(item_id=item, viewer=viewer, at=clock.now())
            time.sleep(options.work)
            services.finish(item_id=item, viewer=viewer, at=clock.now())
        except DomainError as error:
            _say(f"refused {error.code}")
        except Error:
            connection.close()
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
