"""How values are written as texts, in files and in answers."""

# As Table Schema writes them; 3 and not 3.0; and as people write small numbers, as far as their digits go.
_NUMBER = (
    "CASE WHEN {text} IN ('nan', 'inf', '-inf') THEN replace(replace({text}, 'nan', 'NaN'), 'inf', 'INF') "
    "WHEN contains({text}, 'e-') AND abs({value}) >= 1e-15 "
    "THEN rtrim(CAST(CAST({text} AS DECIMAL(38, 32)) AS VARCHAR), '0') "
    "ELSE regexp_replace({text}, '[.]0$', '') END"
)
_LOCAL = "replace({text}, ' ', 'T')"
# Where DuckDB writes a type otherwise than Table Schema or a person does.
WRITTEN = {
    "FLOAT": _NUMBER,
    "DOUBLE": _NUMBER,
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), _LOCAL),
    "TIMESTAMP WITH TIME ZONE": "regexp_replace(replace({text}, ' ', 'T'), '[+]00$', 'Z')",
}


def has_parts(kind: str) -> bool:
    """Whether values of a type of DuckDB are lists, or have parts with names."""
    return kind.endswith("]") or kind.startswith(("STRUCT(", "MAP(", "UNION("))


def written(expression: str, kind: str) -> str:
    """SQL: a value of a type of DuckDB as it is written; one with parts as JSON."""
    if has_parts(kind):
        return f"CAST(to_json({expression}) AS VARCHAR)"
    text = f"CAST({expression} AS VARCHAR)"
    return WRITTEN.get(kind, "{text}").replace("{text}", text).replace("{value}", expression)
