# ALL EXPECTED
MODELS = ["accounts.User", "orders.Order"]
LOOKUPS = {"user__email": "x"}
SQL = "SELECT * FROM accounts_user"
URLS = {"users": "https://accounts.example"}
