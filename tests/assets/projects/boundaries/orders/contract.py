from banyan import Event


class Placed(Event):
    id: int
