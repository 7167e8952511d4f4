# ALL EXPECTED
from .people import Writer
from .houses import House as Publisher

__all__ = ["Writer", "Publisher"]
