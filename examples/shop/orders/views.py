"""The REST API of orders: its rules are the contract's."""

from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from orders.contract import (
    Card,
    CardRefused,
    Destination,
    Line,
    NoSuchOrder,
    NoSuchProduct,
    NotPossible,
    Orders,
    OutOfStock,
    PaymentUnavailable,
)
from orders.models import Product
from orders.serializers import CardSerializer, OrderSerializer, ProductSerializer


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT


class PaymentRequired(APIException):
    status_code = status.HTTP_402_PAYMENT_REQUIRED


class Unavailable(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE


class ProductViewSet(viewsets.ReadOnlyModelViewSet):
    permission_classes = [AllowAny]
    serializer_class = ProductSerializer
    queryset = Product.objects.select_related("category")
    lookup_field = "slug"


class OrderViewSet(viewsets.GenericViewSet):
    serializer_class = OrderSerializer
    lookup_url_kwarg = "number"

    def list(self, request: Request) -> Response:
        return Response(self.get_serializer(_orders().for_user(request.user.pk), many=True).data)

    def create(self, request: Request) -> Response:
        wanted = self.get_serializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            order = _orders().place(
                checkout=wanted.validated_data["checkout"],
                user_id=request.user.pk,
                lines=[Line(**line) for line in wanted.validated_data["lines"]],
                ship_to=Destination(**wanted.validated_data["ship_to"]),
            )
        except NoSuchProduct as unknown:
            raise NotFound(f"There is no product {unknown.product!r}.") from unknown
        except OutOfStock as sold_out:
            raise Conflict(f"{sold_out.left} left of {sold_out.product!r}.") from sold_out
        return Response(self.get_serializer(order).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, number: str) -> Response:
        try:
            order = _orders().get(number, request.user.pk)
        except NoSuchOrder as unknown:
            raise NotFound from unknown
        return Response(self.get_serializer(order).data)

    @action(detail=True, methods=["post"], serializer_class=CardSerializer)
    def pay(self, request: Request, number: str) -> Response:
        card = self.get_serializer(data=request.data)
        card.is_valid(raise_exception=True)
        try:
            order = _orders().pay(number, request.user.pk, Card(**card.validated_data))
        except NoSuchOrder as unknown:
            raise NotFound from unknown
        except CardRefused as refused:
            raise PaymentRequired(refused.reason) from refused
        except NotPossible as late:
            raise Conflict(f"The order is {late.status}.") from late
        except PaymentUnavailable as down:
            raise Unavailable("The order is kept; pay again later.") from down
        return Response(OrderSerializer(order).data)


def _orders() -> Orders:
    return Orders.client()
