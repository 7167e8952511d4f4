# ALL EXPECTED, code too
from .services import register

__all__ = ["register"]
