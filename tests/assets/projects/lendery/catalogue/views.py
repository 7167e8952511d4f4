"""The pages of the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.views import View

from catalogue.models import Title


class TitleList(View):
    """How many titles there are."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer in plain text."""
        return HttpResponse(f"{Title.objects.count()} titles", content_type="text/plain")
