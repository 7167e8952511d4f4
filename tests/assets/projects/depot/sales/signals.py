"""What happens to sales."""

from django.dispatch import Signal

sold = Signal()
unheard = Signal()
