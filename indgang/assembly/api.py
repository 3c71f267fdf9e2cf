"""The JSON interface of the whole house: every module's router under /api/v1."""

from indgang.core.cases import api as cases
from indgang.core.catalogue import api as catalogue
from indgang.core.contacts import api as contacts
from indgang.core.routing import api as routing
from indgang.foundation.access.api import bearer
from indgang.foundation.web.api import make_api

MODULES = (catalogue, cases, contacts, routing)

api = make_api(auth=bearer)
for module in MODULES:
    api.add_router("", module.router)
