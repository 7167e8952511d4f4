def who(key):
    return key
