from rest_framework import generics, viewsets

from users.serializers import AddressSerializer, UserSerializer


class MeView(generics.RetrieveUpdateAPIView):
    serializer_class = UserSerializer

    def get_object(self):
        return self.request.user


class AddressViewSet(viewsets.ModelViewSet):
    serializer_class = AddressSerializer

    def get_queryset(self):
        return self.request.user.addresses.order_by("id")

    def perform_create(self, serializer):
        serializer.save(user=self.request.user)
