# ALL EXPECTED
from orders.with_cookie import Bill
from orders.with_mark import Mark
from orders.without import Order
from orders.windows import Line
from orders.cyrillic import Shop
