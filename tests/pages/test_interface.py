"""The data interface: described, the same answers as the pages, problems as problem+json."""

import pytest
from django.test import Client


def test_the_description_names_every_question(reader: Client) -> None:
    described = reader.get("/api/v1/openapi.json").json()

    assert set(described["paths"]) == {
        "/api/v1/countries",
        "/api/v1/countries/{alpha3}/{section}",
        "/api/v1/facts/{alpha3}",
        "/api/v1/claims",
        "/api/v1/flows",
        "/api/v1/unknowns",
        "/api/v1/sources",
        "/api/v1/snapshots",
        "/api/v1/snapshots/{id}",
        "/api/v1/measures",
        "/api/v1/version",
    }


@pytest.mark.parametrize(
    "address",
    ["countries", "facts/MLI", "claims", "flows", "unknowns", "sources", "snapshots", "measures"],
)
def test_a_list_answers_with_rows(reader: Client, address: str) -> None:
    answer = reader.get(f"/api/v1/{address}")

    assert answer.status_code == 200
    assert answer.json()


def test_a_claim_is_told_with_outcome_and_actor_apart(reader: Client) -> None:
    claims = {claim["id"]: claim for claim in reader.get("/api/v1/claims").json()}

    assert {id: (claim["outcome"], claim["actor"]) for id, claim in claims.items()} == {
        "afg-stable-government-less-insurgency": ("contradicted", "cannot judge"),
        "mli-governance": ("contradicted", "cannot judge"),
        "mli-stability-and-security": ("partly supported", "cannot judge"),
        "som-regional-cooperation": ("partly supported", "cannot judge"),
        "som-stabilised-regions": ("cannot judge", "cannot judge"),
        "xkx-police-training": ("cannot judge", "contradicted"),
        "xkx-stability-and-trust": ("partly supported", "cannot judge"),
    }


def test_a_claim_cannot_be_judged_on_what_was_not_yet_published(reader: Client) -> None:
    then = reader.get("/api/v1/claims?mode=known&until=2021-08-15").json()

    verdicts = {claim["id"]: claim["outcome"] for claim in then}
    assert verdicts["mli-stability-and-security"] == "cannot judge"
    assert verdicts["afg-stable-government-less-insurgency"] == "cannot judge"


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("countries/ZZZ/violence", 404, "No country has the code 'ZZZ'"),
        ("countries/MLI/nothing", 404, "no section nothing; there are violence"),
        ("countries/MLI/violence?mode=guess", 400, "mode is “guess”"),
        ("snapshots/none-1-x", 404, "no snapshot none-1-x is held"),
        ("facts/ZZZ", 404, "No country has the code 'ZZZ'"),
    ],
)
def test_a_problem_names_what_and_why(
    reader: Client, address: str, status: int, detail: str
) -> None:
    answer = reader.get(f"/api/v1/{address}")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert detail in answer.json()["detail"]
    assert answer.json()["status"] == status


def test_a_filter_narrows_the_rows(reader: Client) -> None:
    rows = reader.get("/api/v1/countries/mli/violence?year=2022").json()["rows"]

    assert [row["state_based_best"] for row in rows] == [1440]
