from shipping import send  # EXPECT: E103


def dispatch(order):
    return send(order)
