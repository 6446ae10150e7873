"""Prints the pages of addresses and of the data interface from their own declarations."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern

from stabilis.config.documents import markdown
from stabilis.portal.api import api
from stabilis.portal.urls import urlpatterns

FORMS = "<form:form>"
HTTP = ("get", "post", "put", "patch", "delete")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and text of the pages of addresses and of the data interface."""
    yield "docs/reference/addresses.md", _addresses()
    yield "docs/reference/data-interface.md", _interface(api.get_openapi_schema())


def _addresses() -> str:
    # A section's page has two patterns, one without and one with other forms: the last is told.
    told = {_address(item): (_forms(item), _view(item.callback)) for item in urlpatterns}
    rows = [(address, *rest) for address, rest in told.items()]
    return markdown.page(
        "Addresses",
        "Everything that a page shows is in its address. French and Arabic pages begin with `/fr/` "
        "and `/ar/`. Three parameters hold on pages of a country: `mode` (`counted` or `known`), "
        "`until` (a day such as 2021-08-15) and `donor` (an alpha-3 code); a column's key filters "
        "a table, and `sort` orders it. `snapshot` pins a snapshot by its id.",
        markdown.table(("address", "also as", "shows"), rows),
        "`/health` answers whether the product can serve, `/api/v1/` is the "
        "[data interface](data-interface.md).",
    )


def _address(item: URLPattern) -> str:
    told = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(item.pattern).replace(FORMS, "/"))
    return markdown.code(f"/{told}")


def _forms(item: URLPattern) -> str:
    return ".json, .csv" if FORMS in str(item.pattern) else ""


def _view(view: Any) -> str:
    return markdown.plain(markdown.first_line(view.__doc__))


def _interface(schema: Mapping[str, Any]) -> str:
    operations = [
        part
        for path, methods in schema["paths"].items()
        for method in HTTP
        if method in methods
        for part in _operation(f"{method.upper()} {path}", methods[method])
    ]
    shapes = [
        part
        for name, shape in sorted(schema["components"]["schemas"].items())
        for part in _shape(name, shape)
    ]
    return markdown.page(
        "Data interface",
        f"Version {schema['info']['version']}, described for programs at "
        "`/api/v1/openapi.json`. It reads and never writes. Problems are answered as problem+json "
        "(RFC 9457) and name the field and the remedy.",
        *operations,
        "## Shapes",
        *shapes,
    )


def _operation(title: str, operation: Mapping[str, Any]) -> list[str]:
    rows = [
        (
            markdown.code(item["name"]),
            item["in"],
            "must be given" if item.get("required") else _default(item["schema"]),
            _kind(item["schema"]),
        )
        for item in operation.get("parameters", ())
    ]
    answers = [f"{status}: {_answer(answer)}" for status, answer in operation["responses"].items()]
    return [
        f"## {title}",
        markdown.told(operation.get("description")),
        markdown.table(("parameter", "in", "where left out", "kind"), rows) if rows else "",
        f"Answers {'; '.join(answers)}.",
    ]


def _default(schema: Mapping[str, Any]) -> str:
    return str(schema.get("default", ""))


def _answer(answer: Mapping[str, Any]) -> str:
    content = answer.get("content", {})
    return ", ".join(_kind(item["schema"]) for item in content.values()) or "nothing"


def _shape(name: str, shape: Mapping[str, Any]) -> list[str]:
    required = shape.get("required", ())
    rows = [
        (markdown.code(field), _kind(told), "always" if field in required else "may be absent")
        for field, told in shape.get("properties", {}).items()
    ]
    return [
        f"### {name}",
        markdown.told(shape.get("description")),
        markdown.table(("field", "kind", "present"), rows),
    ]


def _kind(schema: Mapping[str, Any]) -> str:
    """Return the kind of a value in words, as JSON Schema gives it."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", maxsplit=1)[-1]
    if "anyOf" in schema:
        return " or ".join(_kind(item) for item in schema["anyOf"])
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    shown = "null (unknown)" if kind == "null" else kind
    return f"{shown} ({schema['format']})" if "format" in schema else shown
