# ALL EXPECTED
from django.conf import settings

OWNER = settings.WISHES["OWNER_MODEL"]
BASKET = getattr(settings, "MARKET_BASKET_MODEL", "basket.Basket")
