"""The same question, by the endpoint of calls and by DRF."""

from typing import Any

from django.urls import include, path
from library.service import LibraryService
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Question(serializers.Serializer[Any]):
    """What is asked."""

    author = serializers.CharField()


class BookSerializer(serializers.Serializer[Any]):
    """What is answered."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    author = serializers.CharField()


class BooksView(APIView):
    """Finds the books of an author."""

    def post(self, request: Request) -> Response:
        """Answer."""
        question = Question(data=request.data)
        question.is_valid(raise_exception=True)
        books = LibraryService().find(**question.validated_data)
        return Response(BookSerializer(books, many=True).data)


urlpatterns = [
    path("api/books/", BooksView.as_view()),
    path("banyan/", include("banyan.calls.urls")),
]
