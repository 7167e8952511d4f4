# SHARED: imports= imports_models=False used_by=
def nothing():
    return None
