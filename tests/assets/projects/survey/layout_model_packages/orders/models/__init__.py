from orders.models.order import Order
from orders.models import lines
