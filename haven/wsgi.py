"""Where a web server finds Haven."""

import os

from django.core.wsgi import get_wsgi_application

from haven.jobs.logs import keep_hooks_narrow

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.settings")
application = get_wsgi_application()
keep_hooks_narrow()
