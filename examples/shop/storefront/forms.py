"""What visitors fill in; the services behind decide whether it holds."""

from django import forms

from orders.contract import Card, Destination


class RegisterForm(forms.Form):
    name = forms.CharField(
        max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        min_length=8,
        max_length=128,
        help_text="At least eight characters.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class LogInForm(forms.Form):
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        max_length=128, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class AddressForm(forms.Form):
    # Names the purchase: this form, sent again, orders nothing more.
    checkout = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    street = forms.CharField(
        max_length=200, widget=forms.TextInput({"autocomplete": "street-address"})
    )
    postcode = forms.CharField(
        max_length=16, widget=forms.TextInput({"autocomplete": "postal-code"})
    )
    city = forms.CharField(
        max_length=100, widget=forms.TextInput({"autocomplete": "address-level2"})
    )

    def destination(self) -> Destination:
        given = self.cleaned_data
        return Destination(
            name=given["name"],
            street=given["street"],
            postcode=given["postcode"],
            city=given["city"],
        )


class CardForm(forms.Form):
    number = forms.CharField(
        label="Card number",
        max_length=23,
        help_text="Test cards: 4242 4242 4242 4242 is accepted, 4000 0000 0000 0002 is refused.",
        widget=forms.TextInput({"autocomplete": "cc-number", "inputmode": "numeric"}),
    )
    expires = forms.CharField(
        max_length=7, widget=forms.TextInput({"autocomplete": "cc-exp", "placeholder": "12/30"})
    )
    cvc = forms.CharField(
        label="Security code",
        max_length=4,
        widget=forms.TextInput({"autocomplete": "cc-csc", "inputmode": "numeric"}),
    )

    def card(self) -> Card:
        return Card(**self.cleaned_data)


# Two forms on one page must not share the names of their fields.
CARD_PREFIX = "card"
