# ALL EXPECTED
"""Attributes that are set and asked for by a name in a text."""
from accounts.models import User
from orders.models import Order


class Parcel:
    def __init__(self, order: Order):
        setattr(self, "order", order)
        setattr(self, "found", Order.objects.filter(status="new"))  # EXPECT: model_access reports->orders verb=read

    def owner(self):
        return self.order.user  # EXPECT: model_access reports->accounts verb=read

    def by_a_text(self):
        getattr(self, "order").save()  # EXPECT: model_access reports->orders target=orders.Order verb=update
        return getattr(
            self.order,
            "user",  # EXPECT: model_access reports->accounts verb=read
        ).email

    def all_that_was_found(self):
        self.found.delete()  # EXPECT: model_access reports->orders target=orders.Order verb=delete cascades=orders.Line,orders.Note

    def with_a_default(self):
        return getattr(self.order, "user", None)  # EXPECT: model_access reports->accounts verb=read

    def by_a_method(self):
        return getattr(User.objects, "first")()  # EXPECT: model_access reports->accounts target=accounts.User verb=read


class Holding:
    def process_request(self, request):
        setattr(request, "parcel", Parcel(Order()))
        # What it is called is known when it runs.
        for name in request.GET:
            setattr(self, name, request)

    def process_view(self, request):
        request.parcel.order.delete()  # EXPECT: model_access reports->orders target=orders.Order verb=delete cascades=orders.Line,orders.Note
        self.unknown.delete()  # EXPECT-NONE


def no_names(order: Order, parts):
    setattr(order, "not a name", 1)  # EXPECT-NONE
    setattr(*parts, "user", 3)  # EXPECT-NONE
    return getattr(order, "no name"), getattr(*parts, "user")  # EXPECT-NONE
