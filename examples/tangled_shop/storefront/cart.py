"""The cart, in the session."""

from orders.models import Product


class Cart:
    def __init__(self, request):
        self.session = request.session
        self.quantities = self.session.get("cart", {})

    def add(self, product, quantity):
        wanted = self.quantities.get(str(product.pk), 0) + quantity
        self.quantities[str(product.pk)] = min(wanted, product.stock)
        self.save()

    def remove(self, product):
        self.quantities.pop(str(product.pk), None)
        self.save()

    def clear(self):
        self.quantities = {}
        self.save()

    def save(self):
        self.session["cart"] = self.quantities

    def count(self):
        return sum(self.quantities.values())

    def lines(self):
        products = Product.objects.in_bulk([int(key) for key in self.quantities])
        return [
            {
                "product": products[int(key)],
                "quantity": quantity,
                "total": products[int(key)].price * quantity,
            }
            for key, quantity in self.quantities.items()
            if int(key) in products and quantity
        ]

    def total(self):
        return sum(line["total"] for line in self.lines())
