# ALL EXPECTED
from django.contrib.contenttypes.fields import GenericRelation


class TagsField(GenericRelation):
    def __init__(self, to="tags.Tag", **kwargs):
        super().__init__(to, **kwargs)
