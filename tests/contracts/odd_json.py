"""Puts an odd value in the place of any one value of a JSON document."""

import json

MARK = '"\\u0001"'
ODD_VALUES = (
    *("1e999", "-Infinity", "NaN", "9" * 5000, "9" * 400, "9" * 30, "-1", "1.5", "true", "null"),
    *("[]", "{}", '"\\ud800"', '"\\u0000"', '""', '"../../x"', json.dumps("x" * 5000)),
)


def count(value: object) -> int:
    """Return how many values a document holds, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + sum(count(item) for item in inner)


def with_mark(value: object, number: int) -> object:
    """Return a document whose value of this number is a mark."""
    left = iter(range(number, -1, -1))

    def walked(item: object) -> object:
        if next(left, None) == 0:
            return json.loads(MARK)
        if isinstance(item, dict):
            return {name: walked(inner) for name, inner in item.items()}
        return [walked(inner) for inner in item] if isinstance(item, list) else item

    return walked(value)
