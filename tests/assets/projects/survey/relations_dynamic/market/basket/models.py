# ALL EXPECTED
from market.basket.abstract_models import AbstractBasket, AbstractRow
from market.loading import get_model, is_model_registered

Offer = get_model("offer", "Offer")  # EXPECT: get_model basket->offer target=offer.Offer

if not is_model_registered("basket", "Basket"):

    class Basket(AbstractBasket):
        pass


class Row(AbstractRow):
    pass
