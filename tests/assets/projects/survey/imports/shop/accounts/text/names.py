# ALL EXPECTED, code too
def shorten(name):
    return name[:3]
