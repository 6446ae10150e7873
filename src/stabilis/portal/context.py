"""What every page shows around its content: the rooms, the languages, whether assets are built."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from stabilis.evidence.cases import CASES
from stabilis.reference.queries import country_name


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page, for every template."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "cases": [
            {"alpha3": code, "name": country_name(code, language=language)} for code in CASES
        ],
        "languages": [
            (code, name, translate_url(request.get_full_path(), code))
            for code, name in settings.LANGUAGES
        ],
        "browser_assets": finders.find("built/core.js") is not None,
    }
