"""Addresses of the public pages. Every table also answers as .json and .csv."""

from django.urls import path, register_converter

from stabilis.portal.views import claims, country, evidence, flows, front, methods, unknowns


class Form:
    """How a table is asked for: as a page, as JSON or as CSV."""

    regex = r"/|\.json|\.csv"

    def to_python(self, value: str) -> str:
        """Return html, json or csv."""
        return value.strip("./") or "html"

    def to_url(self, value: str) -> str:
        """Return the end of the address."""
        return "/" if value == "html" else f".{value}"


class Alpha3:
    """Three letters of ISO 3166 alpha-3, in lower case in addresses."""

    regex = "[a-zA-Z]{3}"

    def to_python(self, value: str) -> str:
        """Return the code in upper case."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """Return the code in lower case."""
        return value.lower()


register_converter(Form, "form")
register_converter(Alpha3, "alpha3")

urlpatterns = [
    path("", front.front, name="front"),
    path("country/<alpha3:code>/", country.page, name="country"),
    path("country/<alpha3:code>/coverage<form:form>", country.coverage, name="coverage"),
    path("country/<alpha3:code>/map.geojson", country.points, name="points"),
    path("country/<alpha3:code>/<slug:panel>/chart.json", country.chart, name="chart"),
    path("country/<alpha3:code>/<slug:panel>/", country.panel, name="panel"),
    path("country/<alpha3:code>/<slug:panel><form:form>", country.panel, name="panel-as"),
    path("claim/<slug:id>/", claims.show, name="claim"),
    path("flows<form:form>", flows.flows, name="flows"),
    path("sources<form:form>", evidence.sources, name="sources"),
    path("sources/<slug:source>/changes<form:form>", evidence.changes, name="changes"),
    path("snapshot/<str:id>/", evidence.snapshot, name="snapshot"),
    path("snapshot/<str:id>/<slug:table><form:form>", evidence.table, name="snapshot-table"),
    path("snapshot/<str:id>/<slug:table>/<str:file>/<int:row>/", evidence.row, name="snapshot-row"),
    path("method/", methods.methods, name="methods"),
    path("method/<slug:id>/", methods.method, name="method"),
    path("unknowns<form:form>", unknowns.unknowns, name="unknowns"),
]
