"""What a WSGI server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")

application = get_wsgi_application()

# What is loaded by now stays: the collector need not walk it again, nor so often what a worker remembers.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
