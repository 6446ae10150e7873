"""The tables that IATI activities become: what one row is, its columns, their units."""

import polars as pl

from stabilis.analysis.frames import Column, traced

COPY = {
    "identifier": Column(pl.String, "the publisher's identifier of the activity, as printed"),
    "position": Column(
        pl.Int64,
        "place of the activity among those of the file, from 1; tells copies of one id apart",
        nullable=False,
    ),
}
AMOUNT = {
    "amount_minor": Column(pl.Int64, "amount in whole minor units, exact", "minor units"),
    "currency": Column(
        pl.String, "ISO 4217 code, its own or else the activity's default", nullable=False
    ),
    "amount_printed": Column(pl.String, "amount as printed", nullable=False),
    "is_rounded": Column(
        pl.Boolean, "whether the print was finer than the currency", nullable=False
    ),
}
ONLY = "alpha-3 code of the activity's only recipient country; empty where none or several"
WITHIN = Column(pl.Int64, "place of the transaction in its activity; empty: the whole activity")

ACTIVITIES = traced(
    "aid_activities",
    "One activity as one file prints it; each copy of a repeated identifier is a row.",
    ("source_file", "position"),
    COPY
    | {
        "country": Column(pl.String, ONLY),
        "version": Column(pl.String, "version of the IATI standard that the file names"),
        "reporting_org_ref": Column(pl.String, "identifier of who reports"),
        "reporting_org": Column(pl.String, "name of who reports"),
        "reporting_org_type": Column(pl.String, "IATI OrganisationType code of who reports"),
        "title": Column(pl.String, "title, in the first language printed"),
        "status": Column(pl.String, "IATI ActivityStatus code"),
        "start_planned": Column(pl.Date, "planned start"),
        "start_actual": Column(pl.Date, "actual start"),
        "end_planned": Column(pl.Date, "planned end"),
        "end_actual": Column(pl.Date, "actual end"),
        "default_currency": Column(pl.String, "ISO 4217 code used where an amount has none"),
        "flow_type": Column(pl.String, "default flow type, OECD DAC code"),
        "aid_type": Column(pl.String, "default aid type, code of the first vocabulary printed"),
        "finance_type": Column(pl.String, "default finance type, OECD DAC code"),
        "tied_status": Column(pl.String, "default tied status, IATI TiedStatus code"),
        "humanitarian": Column(pl.Boolean, "flagged as humanitarian; empty where not said"),
        "hierarchy": Column(pl.Int64, "level among the publisher's activities, 1 at the top"),
        "last_updated": Column(
            pl.Datetime("us"), "when the publisher last changed it, by the publisher's clock"
        ),
        "line": Column(pl.Int64, "line of the file where the activity begins"),
    },
)
COUNTRIES = traced(
    "aid_countries",
    "One recipient country or region of an activity or of one of its transactions.",
    ("source_file", "source_row"),
    COPY
    | {
        "transaction": WITHIN,
        "country": Column(pl.String, "alpha-3 code; empty for a region and an unknown code"),
        "kind": Column(pl.String, "country or region, as the element is called", nullable=False),
        "code": Column(pl.String, "code as printed"),
        "name": Column(pl.String, "name as printed"),
        "vocabulary": Column(pl.String, "vocabulary of a region's code, as printed"),
        "percentage": Column(
            pl.Float64, "share of the activity; empty where not stated", "per cent"
        ),
    },
)
SECTORS = traced(
    "aid_sectors",
    "One sector of an activity or of one of its transactions; withdrawn codes as printed.",
    ("source_file", "source_row"),
    COPY
    | {
        "transaction": WITHIN,
        "country": Column(pl.String, ONLY),
        "vocabulary": Column(
            pl.String, "IATI 2 SectorVocabulary; 1 (DAC) where unstated; empty where unknown"
        ),
        "vocabulary_printed": Column(pl.String, "vocabulary as printed"),
        "code": Column(pl.String, "sector code as printed"),
        "name": Column(pl.String, "name as printed"),
        "percentage": Column(
            pl.Float64, "share of the activity; empty where not stated", "per cent"
        ),
    },
)
PARTICIPANTS = traced(
    "aid_participants",
    "One organisation taking part in an activity, in one role.",
    ("source_file", "source_row"),
    COPY
    | {
        "country": Column(pl.String, ONLY),
        "ref": Column(pl.String, "identifier of the organisation, as printed"),
        "name": Column(pl.String, "name as printed"),
        "role": Column(pl.String, "IATI 2 OrganisationRole code"),
        "role_printed": Column(pl.String, "role as printed"),
        "type": Column(pl.String, "IATI OrganisationType code"),
        "activity_id": Column(pl.String, "the organisation's own identifier of the activity"),
    },
)
TRANSACTIONS = traced(
    "aid_transactions",
    "One transaction of an activity as one file prints it.",
    ("source_file", "source_row"),
    COPY
    | {
        "transaction": Column(
            pl.Int64, "place of the transaction in its activity, from 1", nullable=False
        ),
        "type": Column(pl.String, "IATI 2 TransactionType code; empty where unknown"),
        "type_printed": Column(pl.String, "type as printed; version 1 has letters"),
        "date": Column(pl.Date, "when it took place"),
        "value_date": Column(pl.Date, "day whose exchange rate applies"),
        **AMOUNT,
        "provider_ref": Column(pl.String, "identifier of who provides"),
        "provider": Column(pl.String, "name of who provides"),
        "provider_activity_id": Column(pl.String, "the provider's activity"),
        "receiver_ref": Column(pl.String, "identifier of who receives"),
        "receiver": Column(pl.String, "name of who receives"),
        "receiver_activity_id": Column(pl.String, "the receiver's activity"),
        "country": Column(
            pl.String, "alpha-3 code of its own recipient, else the activity's only country"
        ),
        "recipient_code": Column(pl.String, "own recipient country or region, as printed"),
        "sector": Column(pl.String, "own first sector, as printed; all are in aid_sectors"),
        "sector_vocabulary": Column(pl.String, "IATI 2 SectorVocabulary of that sector"),
        "description": Column(pl.String, "description, in the first language printed"),
    },
)
BUDGETS = traced(
    "aid_budgets",
    "One budget of an activity for one period; not money that moved.",
    ("source_file", "source_row"),
    COPY
    | {
        "country": Column(pl.String, ONLY),
        "type": Column(pl.String, "1 original, 2 revised; empty where not stated"),
        "status": Column(pl.String, "1 indicative, 2 committed; empty where not stated"),
        "period_start": Column(pl.Date, "first day of the period"),
        "period_end": Column(pl.Date, "last day of the period"),
        "value_date": Column(pl.Date, "day whose exchange rate applies"),
        **AMOUNT,
    },
)
TABLES = (ACTIVITIES, COUNTRIES, SECTORS, PARTICIPANTS, TRANSACTIONS, BUDGETS)
