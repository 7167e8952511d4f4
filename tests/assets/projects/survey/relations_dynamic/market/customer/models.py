# ALL EXPECTED
from market.customer.abstract_models import AbstractClient
from market.loading import is_model_registered

__all__ = []

if not is_model_registered("customer", "Client"):

    class Client(AbstractClient):  # EXPECT: foreign_key customer->offer source=customer.Client.favourite target=offer.Offer on_delete=SET_NULL null=True
        pass

    __all__.append("Client")
