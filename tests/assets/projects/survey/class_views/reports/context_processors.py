# ALL EXPECTED
from orders.models import Order


def orders(request):
    return {"orders": lambda: Order.objects.filter(user_id=request.user.pk)}  # EXPECT: model_access reports->orders; MAY: model_access reports->accounts
