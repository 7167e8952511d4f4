from typing import TYPE_CHECKING

from users.models import User  # EXPECT: E115
from users.services import register  # EXPECT: E116

if TYPE_CHECKING:
    from orders.models import Order


def send(order: "Order") -> None:
    from users import who  # EXPECT: E116

    register(who(User.objects.first()))
