# ALL EXPECTED
from photos.models import AbstractImage


class Picture(AbstractImage):
    pass
