"""The JSON interface of the whole house: every module's router under /api/v1."""

from indgang.foundation.access.api import bearer
from indgang.foundation.web.api import make_api

api = make_api(auth=bearer)
ROUTERS = ()
for router in ROUTERS:
    api.add_router("", router)
