def find(email):
    return email
