# ALL EXPECTED
class Stamped:
    """A plain mixin: Django takes no fields from it."""

    def stamp(self):
        return str(self)
