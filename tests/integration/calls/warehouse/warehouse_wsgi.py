"""For WSGI servers. A server that forks after it has loaded this shows whether calls survive it."""

import os

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

if sku := os.environ.get("WAREHOUSE_CALL_BEFORE_FORK"):
    from tests.in_django.apps.stock.contract import Stock

    Stock.client().level(sku)
