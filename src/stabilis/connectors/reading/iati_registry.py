"""Downloads the activity files that IATI's registry lists.

Source: https://dashboard.iatistandard.org, specification "Limited CKAN compatible API for the IATI
Dashboard", package_search (seen: secondary copy, repository iati-unified-platform-docs).
"""

from pathlib import Path
from typing import Any

import httpx

SEARCH = "/api/limited-ckan-compatible/package_search"
ONLY_ACTIVITIES = "extras_filetype:activity"
PAGE = 100


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Download every activity file that the registry lists, one file per dataset.

    A `fq` among the client's own parameters narrows the search, as
    `extras_filetype:activity AND publisher_iati_id:GB-GOV-1`.
    """
    search = client.params.get("fq", ONLY_ACTIVITIES)
    files: list[Path] = []
    start = 0
    while found := _listed(client, search=search, start=start):
        files += [_download(client, dataset, folder) for dataset in found]
        start += len(found)
    return files


def _listed(client: httpx.Client, *, search: str, start: int) -> list[dict[str, Any]]:
    answer = client.get(SEARCH, params={"fq": search, "rows": PAGE, "start": start})
    answer.raise_for_status()
    results: list[dict[str, Any]] = answer.json()["result"]["results"]
    return results


def _download(client: httpx.Client, dataset: dict[str, Any], folder: Path) -> Path:
    path = folder / f"{Path(dataset['name']).name}.xml"
    with client.stream("GET", dataset["resources"][0]["url"]) as answer, path.open("wb") as file:
        answer.raise_for_status()
        for block in answer.iter_bytes():
            file.write(block)
    return path
