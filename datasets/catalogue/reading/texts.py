"""How values are written as texts, in files and in answers."""

# Where DuckDB writes a type otherwise than Table Schema or a person does (3, not 3.0).
WRITTEN = {
    "FLOAT": "regexp_replace({text}, '[.]0$', '')",
    "DOUBLE": "regexp_replace({text}, '[.]0$', '')",
    "TIMESTAMP": "replace({text}, ' ', 'T')",
    "TIMESTAMP WITH TIME ZONE": "regexp_replace(replace({text}, ' ', 'T'), '[+]00$', 'Z')",
}


def written(expression: str, kind: str) -> str:
    """SQL: a value of a type of DuckDB as it is written."""
    text = f"CAST({expression} AS VARCHAR)"
    return WRITTEN.get(kind, "{text}").replace("{text}", text)
