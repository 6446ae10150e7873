"""What is held about a case: facts with their source, claims with their evidence, lessons.

Numbers are kept as the text that was printed: facts are shown and compared, never summed.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, NullIf
from django.db.models.lookups import LessThanOrEqual

NUMBER = RegexValidator(r"^-?\d+(\.\d+)?$", "is not a plain number such as 1277 or 66.475")
DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    "is not a date such as 2023, 2023-06 or 2023-06-30",
)
SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "is not a slug such as mli-mandate-2100")
LESSON = RegexValidator(r"^[A-Z]{2}-L\d+$", "is not an id such as AF-L1")


class Topic(models.TextChoices):
    """What a fact is about, in the order in which a page shows it."""

    MANDATE = "mandate"
    STRENGTH = "strength"
    MONEY = "money"
    TRAINING = "training"
    DEATHS = "deaths"
    DISPLACEMENT = "displacement"
    GOVERNANCE = "governance"
    EVENT = "event"
    END = "end"
    FINDING = "finding"


class Seen(models.TextChoices):
    """Where a figure was seen by whoever wrote it down."""

    ORIGINAL = "original"
    COPY = "secondary copy"
    MEMORY = "memory"


class Confidence(models.TextChoices):
    """The one scale of trust."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def number(name: str) -> Cast:
    """Return a number kept as text, as a number the database can compare; unknown if empty."""
    return Cast(NullIf(F(name), Value("")), models.FloatField())


class Fact(models.Model):
    """One sourced figure, range or phrase about a country."""

    id = models.CharField(primary_key=True, max_length=80, validators=[SLUG])
    country = models.ForeignKey("reference.Country", models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic)
    metric = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    value = models.CharField(max_length=40, blank=True, validators=[NUMBER])
    low = models.CharField(max_length=40, blank=True, validators=[NUMBER])
    high = models.CharField(max_length=40, blank=True, validators=[NUMBER])
    text = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    as_of = models.CharField(max_length=10, validators=[DATE])
    as_of_end = models.CharField(max_length=10, blank=True, validators=[DATE])
    source = models.TextField()
    seen_in = models.CharField(max_length=20, choices=Seen)
    seen_copy = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    expires_on = models.CharField(max_length=10, blank=True, validators=[DATE])
    conflict = models.CharField(max_length=80, blank=True, validators=[SLUG])
    label = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """The table, its order and what the database itself refuses."""

        db_table = "fact"
        ordering = ("country", "id")
        constraints = (
            models.CheckConstraint(
                name="fact_says_something",
                condition=~Q(value="", low="", high="", text=""),
            ),
            models.CheckConstraint(
                name="fact_low_is_not_above_high",
                condition=LessThanOrEqual(number("low"), number("high")),
            ),
            models.CheckConstraint(
                name="fact_number_has_unit",
                condition=Q(value="", low="", high="") | ~Q(unit=""),
            ),
            models.CheckConstraint(
                name="fact_copy_is_named",
                condition=Q(seen_in=Seen.COPY, seen_copy__gt="")
                | Q(seen_in__in=[Seen.ORIGINAL, Seen.MEMORY], seen_copy=""),
            ),
            models.CheckConstraint(
                name="fact_grade_fits_what_was_seen",
                condition=Q(confidence=Confidence.LOW)
                | Q(confidence=Confidence.MEDIUM, seen_in__in=[Seen.ORIGINAL, Seen.COPY])
                | Q(confidence=Confidence.HIGH, seen_in=Seen.ORIGINAL),
            ),
        )

    def __str__(self) -> str:
        return self.id


class Claim(models.Model):
    """A sentence of the article about a case, as printed, with all that a fair hearing needs."""

    id = models.CharField(primary_key=True, max_length=80, validators=[SLUG])
    country = models.ForeignKey("reference.Country", models.PROTECT, related_name="+")
    source = models.TextField()
    source_line = models.PositiveIntegerField()
    quote = models.TextField()
    reading = models.TextField()
    caveats = models.JSONField()
    actor = models.TextField()
    parts = models.JSONField()
    period_start = models.DateField()
    period_end = models.DateField()
    period_reason = models.TextField()
    deciding_outcome = models.JSONField(blank=True)
    deciding_actor = models.JSONField(blank=True)
    missing = models.JSONField(blank=True)
    counter_view = models.TextField()
    reply_how = models.TextField()
    replies = models.JSONField(blank=True)
    reviewer = models.TextField()
    reviewed_on = models.DateField()
    changes = models.JSONField()

    class Meta:
        """The table and its order."""

        db_table = "claim"
        ordering = ("country", "id")
        constraints = (
            models.CheckConstraint(
                name="claim_period_runs_forward",
                condition=Q(period_start__lte=F("period_end")),
            ),
        )

    def __str__(self) -> str:
        return self.id


class Evidence(models.Model):
    """One item beside a claim; it rests on a fact, or on a series computed when it is asked for."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=80, validators=[SLUG])
    bears_on = models.CharField(
        max_length=10, choices=[(name, name) for name in ("outcome", "actor", "output")]
    )
    part = models.CharField(max_length=100)
    scope = models.CharField(max_length=100, blank=True)
    stated = models.CharField(
        max_length=10, blank=True, choices=[(name, name) for name in ("for", "against")]
    )
    independent = models.BooleanField()
    said_by = models.TextField()
    period_start = models.DateField()
    period_end = models.DateField()
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, blank=True, related_name="+")
    series = models.JSONField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """The table, its order, and one basis per item."""

        db_table = "claim_evidence"
        ordering = ("claim", "position")
        constraints = (
            models.UniqueConstraint(fields=("claim", "slug"), name="claim_evidence_is_named_once"),
            models.CheckConstraint(
                name="claim_evidence_rests_on_one_basis",
                condition=Q(fact__isnull=False, series__isnull=True, stated__gt="")
                | Q(fact__isnull=True, series__isnull=False, stated=""),
            ),
            models.CheckConstraint(
                name="claim_evidence_period_runs_forward",
                condition=Q(period_start__lte=F("period_end")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.slug}"


class Lesson(models.Model):
    """What a case teaches, with the facts it rests on; none means that no fact is held yet."""

    id = models.CharField(primary_key=True, max_length=10, validators=[LESSON])
    country = models.ForeignKey("reference.Country", models.PROTECT, related_name="+")
    lesson = models.TextField()
    basis = models.ManyToManyField(Fact, db_table="lesson_basis", related_name="+")

    class Meta:
        """The table and its order."""

        db_table = "lesson"
        ordering = ("country", "id")

    def __str__(self) -> str:
        return self.id
