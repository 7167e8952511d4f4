# ALL EXPECTED
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import CASCADE, DO_NOTHING, RESTRICT, CharField, ForeignKey, ManyToManyField, Model

Person = get_user_model()  # MAY: get_model drugs->people


def nobody():
    return get_user_model().objects.get_or_create(username="nobody")[0]  # EXPECT: model_access drugs->people; MAY: get_model drugs->people


class Drug(Model):
    name = CharField(max_length=80)
    made_by = ForeignKey(Person, on_delete=DO_NOTHING, db_constraint=False)  # EXPECT: foreign_key drugs->people target=people.Person on_delete=DO_NOTHING null=False
    checked_by = ForeignKey(get_user_model(), on_delete=models.SET(nobody), related_name="checked_%(class)ss")  # EXPECT: foreign_key drugs->people on_delete=SET target=people.Person; MAY: get_model drugs->people
    allowed_in = ManyToManyField("wards.Ward", blank=True)  # EXPECT: many_to_many drugs->wards target=wards.Ward
    replaces = ManyToManyField("self", symmetrical=False)
    replaced_by = ForeignKey("Drug", RESTRICT, null=True)
    approved = models.ForeignKey(to="people.Person", on_delete=CASCADE, null=True, related_name="+")  # EXPECT: foreign_key drugs->people target=people.Person on_delete=CASCADE null=True related_name=+
