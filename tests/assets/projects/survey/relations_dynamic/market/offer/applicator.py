# ALL EXPECTED
from market.loading import get_basket_model, get_model

Offer = get_model("offer", "Offer")


class Nothing:
    pass


class Applicator:
    def find(self):
        return Offer.objects.first()

    def apply(self, basket):
        get_basket_model().shown.filter(owner=None).delete()  # EXPECT: model_access offer->basket target=basket.Basket verb=delete; MAY: get_model offer->basket
