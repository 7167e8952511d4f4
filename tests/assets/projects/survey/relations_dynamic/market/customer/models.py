# ALL EXPECTED
from market.customer.abstract_models import AbstractClient
from market.loading import is_model_registered

__all__ = []

if not is_model_registered("customer", "Client"):

    class Client(AbstractClient):
        pass

    __all__.append("Client")
