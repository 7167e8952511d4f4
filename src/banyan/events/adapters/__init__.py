"""Where events meet a database or a broker."""
