"""Every address of the product. Pages carry their language; data interfaces do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from stabilis.portal.api import api
from stabilis.portal.views.health import health

handler400 = "stabilis.portal.views.errors.bad_request"
handler403 = "stabilis.portal.views.errors.forbidden"
handler404 = "stabilis.portal.views.errors.not_found"
handler500 = "stabilis.portal.views.errors.fault"

urlpatterns = [
    path("health", health, name="health"),
    path("api/v1/", api.urls),
    *i18n_patterns(path("", include("stabilis.portal.urls")), prefix_default_language=False),
]
