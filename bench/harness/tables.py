"""Tables in Markdown, and the numbers in them."""

import statistics


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |",
             "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines)


def spread(values, form="{:,.0f}"):
    """Least, median, most."""
    return tuple(form.format(value) for value in
                 (min(values), statistics.median(values), max(values)))


def millis(nanos):
    return f"{nanos / 1e6:,.2f} ms"


def mebibytes(count):
    return f"{count / 2**20:,.0f} MiB"
