# ALL EXPECTED, code too
def register(name):
    return _check(name)


def _check(name):
    return name
