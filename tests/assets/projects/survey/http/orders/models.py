# ALL EXPECTED, code too
