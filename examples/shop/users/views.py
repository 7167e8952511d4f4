"""The REST API of users."""

from django.db.models import QuerySet
from rest_framework import generics, viewsets
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from users.contract import EmailTaken, PasswordTooWeak, Users, WrongPassword
from users.models import Address, User
from users.serializers import (
    AddressSerializer,
    CredentialsSerializer,
    RegistrationSerializer,
    UserSerializer,
)


class RegisterView(generics.GenericAPIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    serializer_class = RegistrationSerializer

    def post(self, request: Request) -> Response:
        wanted = self.get_serializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            session = Users.client().register(**wanted.validated_data)
        except EmailTaken as taken:
            raise ValidationError({"email": ["There is an account already."]}) from taken
        except PasswordTooWeak as weak:
            raise ValidationError({"password": weak.reasons}) from weak
        return Response({"id": session.user.id, "token": session.token}, status=201)


class TokenView(generics.GenericAPIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    serializer_class = CredentialsSerializer

    def post(self, request: Request) -> Response:
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            session = Users.client().log_in(**given.validated_data)
        except WrongPassword as wrong:
            raise AuthenticationFailed("E-mail and password do not match.") from wrong
        return Response({"id": session.user.id, "token": session.token})


class MeView(generics.RetrieveUpdateAPIView):
    serializer_class = UserSerializer

    def get_object(self) -> User:
        return generics.get_object_or_404(User, pk=self.request.user.pk)


class AddressViewSet(viewsets.ModelViewSet):
    serializer_class = AddressSerializer

    def get_queryset(self) -> QuerySet[Address]:
        return Address.objects.filter(user_id=self.request.user.pk).order_by("id")

    def perform_create(self, serializer: BaseSerializer) -> None:
        serializer.save(user_id=self.request.user.pk)
