from banyan import Event


class Paid(Event):
    id: int
