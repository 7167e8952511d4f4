# MODULES: folk sales stock shelves
SECRET_KEY = "x"
INSTALLED_APPS = [
    "proj.apps.AuthorsConfig",
    "sales_orders.apps.SalesConfig",
    "people",
    "stock",
    "proj.apps.ShelvesConfig",
]
