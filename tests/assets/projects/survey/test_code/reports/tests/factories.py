# ALL EXPECTED
import factory

from orders.models import Order


class OrderFactory(factory.django.DjangoModelFactory):
    status = "new"

    class Meta:
        model = Order  # MAY: model_access reports->orders
