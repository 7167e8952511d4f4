"""The pages of the loans."""

from django.http import HttpRequest, HttpResponse

from loans.models import Loan


def number_of_loans(request: HttpRequest) -> HttpResponse:
    """Answer in plain text."""
    return HttpResponse(f"{Loan.objects.count()} loans", content_type="text/plain")


async def number_of_loans_async(request: HttpRequest) -> HttpResponse:
    """Answer in plain text, asynchronously."""
    return HttpResponse(f"{await Loan.objects.acount()} loans", content_type="text/plain")
