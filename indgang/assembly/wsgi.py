"""Pages and JSON."""

import gc
import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application

from indgang.foundation.runtime.supervisor import dying_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
if multiprocessing.parent_process() is not None:  # a worker must not outlive the server that started it
    dying_with(os.getppid(), signal.SIGKILL)()
application = get_wsgi_application()
# What is loaded by now stays: looking through all of it for garbage took a quarter of a second, within somebody's page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
