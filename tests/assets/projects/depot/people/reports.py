"""Reports that read what others own."""

from django.db import connection

BUSIEST = """
    -- FROM nothing_at_all
    WITH counted AS (SELECT s.buyer_id AS buyer, COUNT(*) AS n FROM sales_sale s GROUP BY s.buyer_id)
    SELECT p.name, 'x FROM y' FROM staff AS p JOIN counted ON (counted.buyer = p.id)
    WHERE p.name = %s AND p.firm_id IN (SELECT id FROM people_firm)
"""


def busiest(name):
    """Who bought most."""
    with connection.cursor() as cursor:
        cursor.execute(BUSIEST, [name])  # RUNS: SELECT staff, SELECT sales_sale, SELECT people_firm
        return cursor.fetchall()
