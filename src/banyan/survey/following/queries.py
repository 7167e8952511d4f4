"""Django's methods of managers, queries and rows: what each does to the table, and gives."""

from typing import Final

READ: Final = "read"
CREATE: Final = "create"
UPDATE: Final = "update"
DELETE: Final = "delete"

# What a method gives.
SAME: Final = "query"
VALUES: Final = "values"
ROW: Final = "row"
PAIR: Final = "row and truth"
LIST: Final = "rows"
TABLE: Final = "rows by key"
NONE: Final = ""

METHODS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(
        [
            "filter",
            "exclude",
            "annotate",
            "alias",
            "order_by",
            "reverse",
            "distinct",
            "none",
            "all",
            "union",
            "intersection",
            "difference",
            "select_related",
            "prefetch_related",
            "extra",
            "defer",
            "only",
            "using",
            "select_for_update",
            "raw",
            "get_queryset",
            "complex_filter",
            "get_query_set",
            "select_subclasses",
        ],
        (READ, SAME),
    ),
    **dict.fromkeys(["values", "values_list", "dates", "datetimes"], (READ, VALUES)),
    **dict.fromkeys(
        [
            "get",
            "earliest",
            "latest",
            "first",
            "last",
            "aget",
            "aearliest",
            "alatest",
            "afirst",
            "alast",
            "get_by_natural_key",
            "get_subclass",
        ],
        (READ, ROW),
    ),
    **dict.fromkeys(
        [
            "count",
            "exists",
            "aggregate",
            "contains",
            "explain",
            "acount",
            "aexists",
            "aaggregate",
            "acontains",
            "aexplain",
        ],
        (READ, NONE),
    ),
    **dict.fromkeys(["iterator", "aiterator"], (READ, LIST)),
    **dict.fromkeys(["in_bulk", "ain_bulk"], (READ, TABLE)),
    **dict.fromkeys(["create", "acreate", "create_user", "create_superuser"], (CREATE, ROW)),
    **dict.fromkeys(
        ["get_or_create", "update_or_create", "aget_or_create", "aupdate_or_create"], (CREATE, PAIR)
    ),
    **dict.fromkeys(["bulk_create", "abulk_create"], (CREATE, LIST)),
    **dict.fromkeys(["bulk_update", "abulk_update", "update", "aupdate"], (UPDATE, NONE)),
    **dict.fromkeys(["delete", "adelete", "_raw_delete"], (DELETE, NONE)),
}

# Of a manager that a relation gives.
RELATED: Final[dict[str, tuple[str, str]]] = dict.fromkeys(
    ["add", "set", "remove", "clear", "aadd", "aset", "aremove", "aclear"], (UPDATE, NONE)
)

# What those do to the rows that pair many with many.
PAIRED: Final[dict[str, str]] = {
    **dict.fromkeys(["add", "aadd"], CREATE),
    **dict.fromkeys(["remove", "clear", "aremove", "aclear"], DELETE),
}

ON_ROW: Final[dict[str, str]] = {
    "save": UPDATE,
    "asave": UPDATE,
    "save_base": UPDATE,
    "delete": DELETE,
    "adelete": DELETE,
    "refresh_from_db": READ,
    "arefresh_from_db": READ,
}

# Methods whose keywords are paths, and those whose texts are.
BY_KEYWORD: Final = frozenset(
    [
        "filter",
        "exclude",
        "get",
        "aget",
        "get_or_create",
        "aget_or_create",
        "update_or_create",
        "aupdate_or_create",
        "complex_filter",
    ]
)
BY_TEXT: Final = frozenset(
    [
        "order_by",
        "values",
        "values_list",
        "select_related",
        "prefetch_related",
        "only",
        "defer",
        "distinct",
        "dates",
        "datetimes",
        "aggregate",
        "aaggregate",
        "annotate",
        "alias",
        "earliest",
        "latest",
        "aearliest",
        "alatest",
    ]
)
# Of these texts only the first is a path.
FIRST_TEXT: Final = frozenset({"dates", "datetimes"})
# Their paths name relations to be loaded: the last step counts, even without a field after it.
LOADING: Final = frozenset({"select_related", "prefetch_related"})
# Methods whose other arguments are conditions or expressions.
BY_EXPRESSION: Final = BY_KEYWORD | BY_TEXT | {"update", "aupdate", "create", "extra"}

# What so hardly any other object has, that a call on something unknown is worth telling.
TELLING: Final = frozenset(
    [
        "filter",
        "exclude",
        "select_related",
        "prefetch_related",
        "values_list",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "select_for_update",
        "in_bulk",
        "aget",
        "afirst",
        "acreate",
    ]
)

# Of models that treebeard or mptt makes trees.
TREES: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(
        [
            "get_tree",
            "get_root_nodes",
            "get_descendants",
            "get_children",
            "get_ancestors",
            "get_siblings",
            "get_family",
            "get_leafnodes",
            "get_queryset",
        ],
        (READ, SAME),
    ),
    **dict.fromkeys(
        [
            "get_parent",
            "get_root",
            "get_first_child",
            "get_last_child",
            "get_first_sibling",
            "get_last_sibling",
            "get_next_sibling",
            "get_prev_sibling",
            "get_previous_sibling",
            "get_first_root_node",
            "get_last_root_node",
        ],
        (READ, ROW),
    ),
    **dict.fromkeys(["add_root", "add_child", "add_sibling"], (CREATE, ROW)),
    **dict.fromkeys(["move", "move_to"], (UPDATE, ROW)),
}
