"""HTTP clients behind the port."""
