# ALL EXPECTED
from django import forms

from accounts.models import Team


class TeamForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name"]
