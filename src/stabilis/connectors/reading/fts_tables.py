"""The table of UN FTS's flows: which printed field each column comes from, and what it means."""

import polars as pl

from stabilis.analysis.frames import Column, traced
from stabilis.connectors.reading import fts_flows
from stabilis.connectors.reading.cells import Cell

LARGEST_USD = 1_000_000_000_000
SIDES = {"source": "src", "destination": "dest"}
KINDS = {
    "status": frozenset({"paid", "commitment", "pledge"}),
    "boundary": frozenset({"incoming", "internal", "outgoing"}),
    "onBoundary": frozenset({"single", "shared"}),
}
CELLS = {
    "id": Cell("id", required=True),
    "status": Cell("status", required=True, labels=KINDS["status"]),
    "boundary": Cell("boundary", required=True, labels=KINDS["boundary"]),
    "on_boundary": Cell("onBoundary", required=True, labels=KINDS["onBoundary"]),
    "date": Cell("date", "day", required=True),
    "decided_on": Cell("decisionDate", "day"),
    "first_reported_on": Cell("firstReportedDate", "day"),
    "updated_on": Cell("updatedAt", "day"),
    "budget_year": Cell("budgetYear", "integer", low=1990, high=2100),
    "description": Cell("description"),
    "amount_usd": Cell("amountUSD", "integer", required=True, low=0, high=LARGEST_USD),
    "original_amount": Cell("originalAmount"),
    "original_currency": Cell("originalCurrency"),
    "exchange_rate": Cell("exchangeRate"),
    "contribution_type": Cell("contributionType"),
    "flow_type": Cell("flowType"),
    "method": Cell("method"),
    "earmarking": Cell("grandBargainEarmarkingType"),
    "keywords": Cell("keywords"),
    "is_new_money": Cell("newMoney", "flag"),
    "parent_flow": Cell("parentFlowId"),
    "child_flows": Cell("childFlowIds"),
    "donor_reference": Cell("refCode"),
    **{
        f"{side}_{name}": Cell(f"{prefix}{heading}", kind)
        for side, prefix in SIDES.items()
        for name, heading, kind in (
            ("organisation", "Organization", "text"),
            ("organisation_type", "OrganizationTypes", "text"),
            ("locations", "Locations", "text"),
            ("plan", "Plan", "text"),
            ("plan_id", "PlanId", "text"),
            ("cluster", "Clusters", "text"),
            ("global_cluster", "GlobalClusters", "text"),
            ("emergency", "Emergency", "text"),
            ("usage_year_first", "UsageYearStart", "integer"),
            ("usage_year_last", "UsageYearEnd", "integer"),
        )
    },
}
REQUIRED = (
    *("id", "status", "boundary", "onBoundary", "date", "decisionDate", "firstReportedDate"),
    *("updatedAt", "budgetYear", "description", "amountUSD", "exchangeRate", "contributionType"),
    *("flowType", "method", "keywords"),
)
IN_ANSWERS = (*REQUIRED, "parentFlowId", "childFlowIds", "newMoney", *fts_flows.SIDES)
IN_CSV = (
    *REQUIRED,
    *("originalAmount", "originalCurrency", "refCode", "createdAt", "srcOrganization"),
    *("srcOrganizationTypes", "srcLocations", "srcUsageYearStart", "srcUsageYearEnd"),
    *("destPlan", "destPlanCode", "destPlanId", "destOrganization", "destOrganizationTypes"),
    *("destGlobalClusters", "destLocations", "destProject", "destProjectCode"),
    *("destEmergency", "destUsageYearStart", "destUsageYearEnd"),
)
TEXTS = {
    "id": "number of the flow in FTS",
    "status": "paid, commitment or pledge",
    "boundary": "incoming, internal or outgoing, seen from the country or plan asked for",
    "on_boundary": "single; shared: the amount also serves other countries, plans or years",
}
DAYS = {
    "date": "date of the flow",
    "decided_on": "day on which the donor decided",
    "first_reported_on": "day of the first report to FTS",
    "updated_on": "day on which FTS last changed the flow",
}
MORE_TEXTS = {
    "description": "what it is for, as reported",
    "original_currency": "ISO 4217 code of the currency in which it was reported",
    "exchange_rate": "units of that currency for one US dollar, exactly as printed",
    "contribution_type": "financial or in kind",
    "flow_type": "standard, parked, pass through or carryover",
    "method": "traditional aid or cash",
    "earmarking": "earmarking as the Grand Bargain defines it",
    "keywords": "keywords of FTS",
    "parent_flow": "flow of which this is a part",
    "child_flows": "flows that are parts of this one",
    "donor_reference": "reference of the reporter",
}
ON_SIDE = {
    "organisation": "organisation as printed",
    "organisation_type": "type of the organisation",
    "locations": "locations as printed: names, or alpha-3 codes in the CSV",
    "plan": "response plan",
    "plan_id": "number of the plan in FTS",
    "cluster": "cluster of the country",
    "global_cluster": "global cluster",
    "emergency": "emergency",
}
HUMANITARIAN_FLOWS = traced(
    "humanitarian_flows",
    "One flow of humanitarian money as FTS holds it. Never sum flows without reading the notes.",
    ("id", "boundary"),
    {
        **{name: Column(pl.String, text, nullable=False) for name, text in TEXTS.items()},
        **{name: Column(pl.Date, text, nullable=name != "date") for name, text in DAYS.items()},
        "budget_year": Column(pl.Int64, "budget year of the donor"),
        "amount_usd": Column(pl.Int64, "amount, in whole dollars", "USD", nullable=False),
        "original_amount_minor": Column(
            pl.Int64, "amount as reported, in minor units of its currency", "original_currency"
        ),
        "is_new_money": Column(pl.Boolean, "no earlier flow in FTS carries this money"),
        **{name: Column(pl.String, text) for name, text in MORE_TEXTS.items()},
        **{
            f"{side}_{name}": Column(pl.String, f"{side}: {text}")
            for side in SIDES
            for name, text in ON_SIDE.items()
        },
        **{
            f"{side}_country": Column(
                pl.String, f"{side}: alpha-3 code; empty where none or several are named"
            )
            for side in SIDES
        },
        **{
            f"{side}_usage_year_{end}": Column(pl.Int64, f"{side}: {end} year of use")
            for side in SIDES
            for end in ("first", "last")
        },
    },
)
