"""A middleware, which calls all views and does none of what they do."""


def quiet(get_response):
    """Pass everything on."""

    def middleware(request):
        return get_response(request)

    return middleware
