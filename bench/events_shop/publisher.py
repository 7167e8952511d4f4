"""Publishes as many events as a line on standard input says, in one transaction; says when."""

import os
import sys
import time

import django


def main() -> None:
    """Publish until the input ends; each time, print the moment after the commit."""
    django.setup()
    from django.db import transaction

    if os.environ["DELI_SIDE"] == "ours":
        from banyan import publish
        from orders.contract import OrderPlaced

        def one(number: int) -> None:
            publish(OrderPlaced(order_id=number, dish="soup"), key=number)

    else:
        from peer.sending import send_order_placed

        def one(number: int) -> None:
            send_order_placed({"order_id": number, "dish": "soup"})

    print("ready", flush=True)
    for line in sys.stdin:
        with transaction.atomic():
            for number in range(int(line)):
                one(number)
        print(time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
