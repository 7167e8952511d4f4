# ALL EXPECTED
from django import forms
from django.forms import ModelForm, inlineformset_factory, modelform_factory

from accounts.models import User
from orders.models import Line, Note, Order


class OrderForm(ModelForm):
    class Meta:
        model = Order
        fields = ["status", "user"]  # EXPECT: orm_lookup orders->accounts lookup=user

    def clean_user(self):
        return self.instance.user  # EXPECT: model_access orders->accounts verb=read


class NoteForm(forms.ModelForm):
    author = forms.ModelChoiceField(queryset=User.objects.filter(is_staff=True))  # EXPECT: model_access orders->accounts target=accounts.User verb=read

    class Meta:
        model = Note
        fields = (
            "text",
            "author",  # MAY: orm_lookup orders->accounts
        )


class AllOfLine(ModelForm):
    class Meta:
        model = Line
        fields = "__all__"  # MAY: orm_lookup orders->catalogue


class UserForm(ModelForm):
    class Meta:
        model = User  # EXPECT: model_access orders->accounts target=accounts.User verb=update
        fields = ["email"]


LineForms = inlineformset_factory(Order, Line, fields=["quantity"])
QuickForm = modelform_factory(Order, fields=["user", "total"])  # EXPECT: orm_lookup orders->accounts lookup=user
