"""Pages and JSON."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
application = get_wsgi_application()
