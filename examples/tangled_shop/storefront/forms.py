from django import forms


class CardForm(forms.Form):
    number = forms.CharField(
        label="Card number",
        max_length=23,
        help_text="Test cards: 4242 4242 4242 4242 is accepted, 4000 0000 0000 0002 is refused.",
        widget=forms.TextInput({"autocomplete": "cc-number", "inputmode": "numeric"}),
    )
    expires = forms.CharField(
        label="Expires",
        max_length=7,
        widget=forms.TextInput({"autocomplete": "cc-exp", "placeholder": "12/30"}),
    )
    cvc = forms.CharField(
        label="Security code",
        max_length=4,
        widget=forms.TextInput({"autocomplete": "cc-csc", "inputmode": "numeric"}),
    )
