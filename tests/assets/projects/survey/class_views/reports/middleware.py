# ALL EXPECTED
class Seen:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user  # MAY: model_access reports->accounts
        user.last_login = None  # MAY: model_access reports->accounts
        user.save(update_fields=["last_login"])  # EXPECT: model_access reports->accounts target=accounts.User verb=update
        return self.get_response(request)
