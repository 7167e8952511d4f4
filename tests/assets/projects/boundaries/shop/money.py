from decimal import Decimal


class Money(Decimal):
    pass
