def send(parcel):
    return parcel
