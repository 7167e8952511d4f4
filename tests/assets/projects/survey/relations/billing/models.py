# ALL EXPECTED
from django.db import models

from visits.models import Visit


class Invoice(models.Model):
    visit = models.ForeignKey(  # EXPECT: foreign_key billing->visits source=billing.Invoice.visit target=visits.Visit on_delete=PROTECT null=False related_name=invoices
        Visit,
        on_delete=models.PROTECT,
        related_name="invoices",
    )
    patient_id = models.BigIntegerField()
    ward_name = models.CharField(max_length=80)


class Line(models.Model):
    invoice = models.ForeignKey("billing.Invoice", on_delete=models.CASCADE)
    drug = models.ForeignKey("drugs.drug", on_delete=models.PROTECT)  # EXPECT: foreign_key billing->drugs target=drugs.Drug
    added_by = models.ForeignKey("people.Person", on_delete=lambda *args: None, null=True)  # EXPECT: foreign_key billing->people null=True


class Draft(models.Model):
    # Overwritten: the second of two of a name is the one there is.
    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE)
    owner = models.ForeignKey("wards.Ward", on_delete=models.CASCADE)  # EXPECT: foreign_key billing->wards source=billing.Draft.owner

    class Meta:
        managed = False
