"""The pages, one of them asynchronous."""

# What a line does must stay behind it.
# fmt: off

from asgiref.sync import sync_to_async
from django.http import JsonResponse
from django.template.response import TemplateResponse
from people.models import Person

from sales.services import names_of_buyers


def buyers(request):
    """All who bought."""
    names_of_buyers()
    return JsonResponse({"people": Person.objects.count()})  # RUNS: SELECT staff


def buyers_on_a_page(request):
    """The page is rendered when the view has returned, for the line that made it."""
    return TemplateResponse(request, "buyers.html", {"people": Person.objects.all()})  # RUNS: SELECT staff


async def buyers_later(request):
    """The thread has no line of the project's own; the coroutine has."""
    return JsonResponse({"people": await sync_to_async(Person.objects.count)()})  # RUNS: SELECT staff
