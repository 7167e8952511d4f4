"""What programs ask of orders."""

from django.http import HttpRequest, JsonResponse
from django.urls import path

from orders.models import Order


def mine(request: HttpRequest) -> JsonResponse:
    """Who asks, and the orders that they changed."""
    request.session.get("anything")  # as many a project does, at every request
    numbers = Order.objects.filter(changed_by_id=request.user.pk).values_list("number", flat=True)
    return JsonResponse({"user": request.user.get_username(), "orders": list(numbers)})


urlpatterns = [path("mine/", mine)]
