from django import forms
from django.contrib.auth import authenticate, password_validation

from users.models import Address, User


class RegisterForm(forms.Form):
    name = forms.CharField(
        max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="At least eight characters.",
        min_length=8,
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("There is an account with this address already.")
        return email

    def clean_password(self):
        password_validation.validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def save(self):
        return User.objects.create_user(
            username=self.cleaned_data["email"],
            email=self.cleaned_data["email"],
            password=self.cleaned_data["password"],
            first_name=self.cleaned_data["name"],
        )


class LogInForm(forms.Form):
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(widget=forms.PasswordInput({"autocomplete": "current-password"}))

    def clean(self):
        found = User.objects.filter(email=self.cleaned_data.get("email", "").lower()).first()
        self.user = authenticate(
            username=found.username if found else "",
            password=self.cleaned_data.get("password", ""),
        )
        if self.user is None:
            raise forms.ValidationError("This e-mail and password do not belong together.")
        return self.cleaned_data


class AddressForm(forms.ModelForm):
    class Meta:
        model = Address
        fields = ["name", "street", "postcode", "city"]
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "street": forms.TextInput({"autocomplete": "street-address"}),
            "postcode": forms.TextInput({"autocomplete": "postal-code"}),
            "city": forms.TextInput({"autocomplete": "address-level2"}),
        }
