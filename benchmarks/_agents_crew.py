"""Enough agents for a contact centre, each with a session: a process with Django on the database of a running system.

Further employees are made like those of the demo town, past the pages; their sessions are made as the login makes them.
Prints one JSON list of [session cookie, employee].
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.test import Client  # noqa: E402

from indgang.core.organisation.models import Competence, Employee  # noqa: E402
from indgang.foundation.access.models import Account, Authorisation  # noqa: E402


def crew(count: int) -> list[tuple[str, int]]:
    """That many agents of the contact centre, the demo town's own first."""
    own = [row for row in Employee.objects.select_related("account").order_by("pk") if row.account.roles == ["agent"]]
    made = own[:count]
    made += [like(own[number % len(own)], number) for number in range(count - len(made))]
    return [(session(employee.account), employee.pk) for employee in made]


def like(model: Employee, number: int) -> Employee:
    """One more with the same competences and rights."""
    rights = list(Authorisation.objects.filter(account=model.account_id))
    known = list(Competence.objects.filter(employee=model.pk))
    old = model.account
    account = Account.objects.create(
        username=f"{old.username}.{number}", password=old.password, roles=old.roles, is_active=True, demo=old.demo
    )
    employee = Employee.objects.get(pk=model.pk)
    employee.pk, employee.account, employee.manager_id = None, account, None
    employee.save(force_insert=True)
    for right in rights:
        right.pk, right.account = None, account
    for one in known:
        one.pk, one.employee = None, employee
    Authorisation.objects.bulk_create(rights)
    Competence.objects.bulk_create(known)
    return employee


def session(account: Account) -> str:
    """The cookie of a session that has begun."""
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    print(json.dumps(crew(int(sys.argv[1]))))
