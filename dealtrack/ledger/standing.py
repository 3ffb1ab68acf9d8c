"""Which company a party's row stands for: its own, or the one that this was judged to be the same as."""

# From `party p`: `c` is the company as it was entered, `k` the one that it is known as.
JOINED = (
    "LEFT JOIN known_as s ON s.company_id = p.company_id "
    "JOIN company k ON k.id = coalesce(s.canonical_id, p.company_id)"
)

# The name that a source had for it, where it is not the one it is known by.
REPORTED = (
    "coalesce(p.as_reported, iif(s.canonical_id IS NULL, NULL, "
    "(SELECT nullif(c.name, k.name) FROM company c WHERE c.id = p.company_id)))"
)

# The company `m` is `c`, or known as `c`.
SAME = "(m.id = c.id OR m.id IN (SELECT s.company_id FROM known_as s WHERE s.canonical_id = c.id))"

# A ticker without the exchange.
SYMBOL = "substr(ticker, instr(ticker, ':') + 1) COLLATE NOCASE"

# The other names of the company `c`, and all names of those that are known as it.
ALIASES = f"""(SELECT group_concat(name, '; ') FROM (
    SELECT a.alias AS name FROM alias a JOIN company m ON m.id = a.company_id WHERE {SAME}
    UNION SELECT m.name FROM company m WHERE {SAME} AND m.name <> c.name ORDER BY name))"""


def members(test: str) -> str:
    """The SQL that yields the ids of companies `c` that the test finds, and of all that are known as one of them.

    The values of the test are bound twice.
    """
    return (
        f"SELECT c.id FROM company c WHERE {test} "
        f"UNION ALL SELECT s.company_id FROM known_as s JOIN company c ON c.id = s.canonical_id WHERE {test}"
    )
