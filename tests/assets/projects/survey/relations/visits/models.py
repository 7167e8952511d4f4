# ALL EXPECTED
from django.db import models as m

import wards.models
from people import models as people_models
from people.models import Address, Person as P

WARD = "wards.Ward"
DRUG_MODEL = "drugs" + ".Drug"


class Shift(m.Model):
    person = m.ForeignKey(P, on_delete=m.CASCADE)  # EXPECT: foreign_key visits->people source=visits.Shift.person target=people.Person on_delete=CASCADE
    ward = m.ForeignKey(wards.models.Ward, on_delete=m.CASCADE)  # EXPECT: foreign_key visits->wards source=visits.Shift.ward target=wards.Ward on_delete=CASCADE
    starts = m.DateTimeField()


class Visit(m.Model):
    """A visit; its docs speak of people.Person, and that is not a coupling."""

    patient = m.ForeignKey(people_models.Person, m.PROTECT, "visits")  # EXPECT: foreign_key visits->people source=visits.Visit.patient on_delete=PROTECT
    ward = m.ForeignKey(WARD, on_delete=m.PROTECT, null=True)  # EXPECT: foreign_key visits->wards target=wards.Ward null=True
    drug = m.ForeignKey(DRUG_MODEL, on_delete=m.PROTECT)  # EXPECT: foreign_key visits->drugs target=drugs.Drug
    address = m.OneToOneField(Address, m.CASCADE, primary_key=True)  # EXPECT: one_to_one visits->people target=people.Address on_delete=CASCADE
    shift = m.ForeignKey(Shift, m.CASCADE)
    if True:
        bed = m.ForeignKey("wards.Bed", m.CASCADE)  # EXPECT: foreign_key visits->wards target=wards.Bed
    drugs: "m.ManyToManyField" = m.ManyToManyField("drugs.Drug", related_name="in_visits")  # EXPECT: many_to_many visits->drugs target=drugs.Drug related_name=in_visits

    # ward_2 = m.ForeignKey("wards.Ward", on_delete=m.CASCADE)


NOTE = """
    nurse = m.ForeignKey("people.Person", on_delete=m.CASCADE)
"""
