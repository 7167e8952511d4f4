# ALL EXPECTED
from market.basket.abstract_models import AbstractBasket, AbstractRow
from market.loading import get_model, is_model_registered

Offer = get_model("offer", "Offer")  # EXPECT: get_model basket->offer target=offer.Offer

if not is_model_registered("basket", "Basket"):

    class Basket(AbstractBasket):  # EXPECT: foreign_key basket->customer source=basket.Basket.owner target=customer.Client on_delete=CASCADE related_name=baskets; many_to_many basket->offer source=basket.Basket.vouchers target=offer.Voucher
        pass


class Row(AbstractRow):  # EXPECT: foreign_key basket->offer source=basket.Row.offer target=offer.Offer on_delete=PROTECT
    pass
