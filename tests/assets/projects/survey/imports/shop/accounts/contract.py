# ALL EXPECTED, code too
from dataclasses import dataclass


@dataclass
class Person:
    name: str
