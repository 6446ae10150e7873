"""Code lists as facts: countries, sectors and their successors, IATI codes, currencies, rates.

Each row says where it comes from and how it was seen. Names in other languages than the source's
own are not stored: queries take them from CLDR.
"""

from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models

ALPHA3 = RegexValidator(r"^[A-Z]{3}$", "Write three capital letters.")
ALPHA2 = RegexValidator(r"^[A-Z]{2}$", "Write two capital letters.")
NUMERIC = RegexValidator(r"^\d{3}$", "Write three digits.")
SECTOR_CODE = RegexValidator(r"^\d{3}(\d{2})?$", "Write three digits (DAC3) or five (DAC5).")
DECIMAL = RegexValidator(
    r"^(?!0+(\.0+)?$)\d+(\.\d+)?$", "Write a number above zero, such as 0.824."
)


class Country(models.Model):
    """A country or territory of ISO 3166, a former one of ISO 3166-3, or Kosovo."""

    alpha3 = models.CharField(primary_key=True, max_length=3, validators=[ALPHA3])
    alpha2 = models.CharField(max_length=2, null=True, blank=True, unique=True, validators=[ALPHA2])
    numeric = models.CharField(
        max_length=3, null=True, blank=True, unique=True, validators=[NUMERIC]
    )
    name = models.CharField(max_length=100)
    former = models.BooleanField(default=False)
    status_note = models.TextField(blank=True)

    class Meta:
        """Named after the thing."""

        db_table = "country"

    def __str__(self) -> str:
        return self.alpha3


class Vocabulary(models.TextChoices):
    """Which DAC list a sector code belongs to: purpose codes, or their three-digit categories."""

    DAC5 = "DAC5", "DAC 5-digit purpose code"
    DAC3 = "DAC3", "DAC 3-digit category"


class Sector(models.Model):
    """A DAC purpose code or category; a voluntary code names the code it refines as parent."""

    code = models.CharField(primary_key=True, max_length=5, validators=[SECTOR_CODE])
    vocabulary = models.CharField(max_length=4, choices=Vocabulary)
    category = models.CharField(max_length=3, blank=True)
    parent = models.CharField(max_length=5, blank=True)
    name_en = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    withdrawn = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    source = models.TextField()
    seen_in = models.TextField()

    class Meta:
        """Named after the thing."""

        db_table = "sector"
        constraints = (
            models.CheckConstraint(
                name="sector_code_has_the_length_of_its_vocabulary",
                condition=models.Q(vocabulary="DAC5", code__regex=r"^\d{5}$")
                | models.Q(vocabulary="DAC3", code__regex=r"^\d{3}$"),
            ),
            models.CheckConstraint(
                name="sector_withdrawal_date_only_when_withdrawn",
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn=True),
            ),
        )

    def __str__(self) -> str:
        return self.code


class SuccessionKind(models.TextChoices):
    """Whether one code took over whole, several share the old one, or none did."""

    WHOLE = "whole", "one code took over"
    SPLIT = "split", "several codes share it"
    NONE = "none", "no code took over"


class SectorSuccession(models.Model):
    """One successor of a withdrawn purpose code, or the statement that it has none."""

    key = models.CharField(primary_key=True, max_length=11)
    withdrawn = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=5, choices=SuccessionKind)
    note = models.TextField(blank=True)
    source = models.TextField()
    seen_in = models.TextField()

    class Meta:
        """Named after the thing."""

        db_table = "sector_succession"
        constraints = (
            models.UniqueConstraint(
                name="succession_named_once", fields=["withdrawn", "successor"]
            ),
            models.CheckConstraint(
                name="succession_names_a_successor_unless_none_took_over",
                condition=models.Q(kind="none", successor=None)
                | (~models.Q(kind="none") & models.Q(successor__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.key


class CodelistItem(models.Model):
    """One code of an IATI codelist that our reader or pages use."""

    codelist = models.CharField(max_length=40)
    code = models.CharField(max_length=10)
    name_en = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    withdrawn = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    source = models.TextField()
    seen_in = models.TextField()

    class Meta:
        """Named after the thing."""

        db_table = "codelist_item"
        constraints = (
            models.UniqueConstraint(
                name="codelist_item_code_once_per_list", fields=["codelist", "code"]
            ),
        )

    def __str__(self) -> str:
        return f"{self.codelist} {self.code}"


class Currency(models.Model):
    """A currency of ISO 4217; minor units are None where ISO gives none (gold, test codes)."""

    code = models.CharField(primary_key=True, max_length=3, validators=[ALPHA3])
    numeric = models.CharField(max_length=3, unique=True, validators=[NUMERIC])
    name = models.CharField(max_length=100)
    minor_units = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """Named after the thing."""

        db_table = "currency"

    def __str__(self) -> str:
        return self.code


class Rate(models.Model):
    """One base unit bought this many quote units on a day, exactly as a source printed it.

    Two sources, or one source on one day, may disagree: both rows stand, none is averaged.
    """

    base = models.ForeignKey(Currency, models.PROTECT, related_name="+")
    quote = models.ForeignKey(Currency, models.PROTECT, related_name="+")
    on = models.DateField()
    rate = models.CharField(max_length=40, validators=[DECIMAL])
    source = models.CharField(max_length=200, validators=[MinLengthValidator(3)])
    seen_in = models.TextField()
    printed_in = models.TextField()

    class Meta:
        """Named after the thing."""

        db_table = "rate"
        constraints = (
            models.UniqueConstraint(
                name="rate_printed_once_per_source_and_day",
                fields=["base", "quote", "on", "rate", "source"],
            ),
            models.CheckConstraint(
                name="rate_joins_two_currencies", condition=~models.Q(base=models.F("quote"))
            ),
            models.CheckConstraint(
                name="rate_is_decimal_text", condition=models.Q(rate__regex=r"^\d+(\.\d+)?$")
            ),
        )

    def __str__(self) -> str:
        return f"{self.base_id}/{self.quote_id} {self.on}: {self.rate}"
