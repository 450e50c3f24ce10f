"""Where in a TOML file something stands, for errors that name the line. Pure."""

import re


def line_of(text: str, table: str, number: int, field: str | None) -> int:
    """The line of a field of the `[[table]]` of that number, from 0; of the table's header when it is not there.

    >>> line_of('[[rule]]\\nname = "a"\\n[[rule]]\\nname = "b"', "rule", 1, "name")
    4
    """
    inside, seen, header = False, -1, 1
    for at, line in enumerate(text.splitlines(), start=1):
        if found := re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line):
            inside = found[1] == table
            if inside:
                seen, header = seen + 1, at if seen + 1 == number else header
        if field and inside and seen == number and re.match(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=", line):
            return at
    return header
