# ALL EXPECTED
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ward(models.Model):
    name = models.CharField(_("name"), max_length=80)
    head = models.OneToOneField(  # EXPECT: one_to_one wards->people source=wards.Ward.head target=people.Person on_delete=PROTECT null=False related_name=ward_led
        settings.AUTH_USER_MODEL,
        verbose_name=_("head nurse"),
        on_delete=models.PROTECT,
        related_name="ward_led",
    )
    staff = models.ManyToManyField(  # EXPECT: many_to_many wards->people source=wards.Ward.staff target=people.Person through=visits.Shift; many_to_many wards->visits target=visits.Shift
        settings.AUTH_USER_MODEL, through="visits.Shift", related_name="wards"
    )

    class Meta:
        ordering = ["name"]


class Bed(models.Model):
    ward = models.ForeignKey(Ward, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)  # EXPECT: foreign_key wards->people source=wards.Bed.held_by target=people.Person on_delete=SET_NULL null=True
