# ALL EXPECTED
class ClientMixin:
    def client(self):
        return self.request.user
