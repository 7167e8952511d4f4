"""How a gateway is told its configuration."""
