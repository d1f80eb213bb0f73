import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hafei_crm.settings")
# A page that needs longer is a mistake; workers and commands are not limited.
os.environ.setdefault("STATEMENT_TIMEOUT", "20s")
application = get_wsgi_application()
