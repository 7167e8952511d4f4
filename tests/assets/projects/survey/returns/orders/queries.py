# ALL EXPECTED
from orders.models import Order


class Finder:
    @property
    def late(self):
        return Order.objects.filter(status="late")

    def one(self, pk):
        return Order.objects.get(pk=pk)

    @classmethod
    def build(cls):
        return cls()

    @staticmethod
    def newest():
        return Order.objects.order_by("-pk").first()


finder = Finder()


def buyer(pk):
    return Order.objects.get(pk=pk).user  # EXPECT: model_access orders->accounts verb=read
