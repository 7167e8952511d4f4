# ALL EXPECTED
from market.loading import get_basket_model, get_class, get_classes, get_model

Voucher = get_model("offer", "Voucher")  # EXPECT: get_model basket->offer target=offer.Voucher
(Applicator, Nothing) = get_classes("offer.applicator", ["Applicator", "Nothing"])
ClientMixin = get_class("customer.mixins", "ClientMixin")


class View(ClientMixin):
    def post(self):
        voucher = Voucher.objects.get(pk=1)  # EXPECT: model_access basket->offer target=offer.Voucher verb=read
        voucher.delete()  # EXPECT: model_access basket->offer target=offer.Voucher verb=delete
        basket = get_basket_model().shown.first()
        print(basket.owner)  # EXPECT: model_access basket->customer target=customer.Client verb=read
        Applicator().apply(basket)
        print(Applicator().find().name)  # MAY: model_access basket->offer
        return self.client().email  # MAY: model_access basket->customer
