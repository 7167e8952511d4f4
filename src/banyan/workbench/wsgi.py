"""The application that the workbench's servers serve: the project's own, as runserver finds it."""

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import get_internal_wsgi_application

from banyan.observability import report_hops

application = get_internal_wsgi_application()
report_hops()
if settings.DEBUG and apps.is_installed("django.contrib.staticfiles"):
    # As runserver does, so that pages have their style without a collectstatic.
    application = StaticFilesHandler(application)
