"""Persons, how they are reached, who acts for them, and businesses. Nothing outside this module queries them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Replace

from indgang.core.citizens.values import RepresentationRole

# The words of a name in the order's alphabet ("0" parts words there), so that å, aa and accents find each other.
NAME_WORDS = SearchVector(Replace("sort_key", models.Value("0"), models.Value(" ")), config="simple")


class SpecialGroup(models.Model):
    """Citizens with special needs of one kind, and the specialist unit that serves them; data of the municipality."""

    code = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    order = models.IntegerField(default=0)
    source = models.CharField(max_length=160, blank=True, default="")
    valid_to = models.DateField(null=True)  # last day it is given to anybody


class Person(models.Model):
    """A citizen. CPR is text; its check digit is only a warning (numbers without it are valid since 2007)."""

    id = models.UUIDField(primary_key=True)
    cpr = models.CharField(max_length=10, null=True, unique=True)
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=200, db_index=True)
    born = models.DateField(null=True)
    street = models.CharField(max_length=120, blank=True, default="")
    house = models.CharField(max_length=20, blank=True, default="")
    postcode = models.CharField(max_length=4, blank=True, default="")
    city = models.CharField(max_length=60, blank=True, default="")
    # How an address is compared: the street as a sort key, the number with its letter. "C": prefixes use the index.
    street_key = models.CharField(max_length=200, db_collation="C", blank=True, default="", db_default="")
    house_key = models.CharField(max_length=8, db_collation="C", blank=True, default="", db_default="")
    municipality = models.CharField(max_length=4, default="0101")
    language = models.CharField(max_length=5, default="da")
    interpreter = models.CharField(max_length=5, blank=True, default="", db_default="")  # the language; empty: no need
    household = models.UUIDField(null=True)  # who lives together has the same
    spouse = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    adviser = models.ForeignKey(
        "organisation.Employee", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    special_group = models.ForeignKey(
        SpecialGroup, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    died = models.DateField(null=True)  # as CPR has told
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    protected_until = models.DateField(null=True)  # name and address protection, CPR act s. 28
    provisional = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(NAME_WORDS, name="person_name_words"),
            models.Index(fields=["street_key", "house_key"], name="person_address"),
            # mostly empty: only those who have one stand in the index
            *(
                models.Index(fields=[field], condition=models.Q(**{f"{field}__isnull": False}), name=f"person_{field}")
                for field in ("household", "spouse", "adviser", "special_group", "merged_into")
            ),
        ]


class ContactPoint(models.Model):
    """A mail address or phone number of a person, normalised."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6)  # "mail", "phone"
    value = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value"], name="one_contact_point")]
        indexes = [models.Index(fields=["kind", "value"], name="contact_point_value")]


class Representation(models.Model):
    """Somebody who may act for a citizen: by power of attorney, custody or guardianship, in a period."""

    representative = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    citizen = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=RepresentationRole.choices)
    scope_tasks = ArrayField(models.CharField(max_length=12), default=list)  # empty: every task
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "citizen", "role", "valid_from"],
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="one_representation_per_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(representative=models.F("citizen")), name="nobody_represents_themselves"
            ),
        ]


class Merge(models.Model):
    """A provisional person found to be a real one, with all that went over, so that a wrong merge gives it back."""

    id = models.UUIDField(primary_key=True)
    provisional = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    into = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    contact_points = ArrayField(models.BigIntegerField(), default=list)  # ids that went over
    represented = ArrayField(models.BigIntegerField(), default=list)  # representations of the citizen that went over
    representing = ArrayField(models.BigIntegerField(), default=list)  # and of those the citizen acts for
    filled = models.JSONField(default=dict)  # field of the real person that was empty -> what it was given
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provisional"], condition=models.Q(undone_at=None), name="one_merge_in_force"
            ),
        ]


class Business(models.Model):
    """A business. The CVR number's check digit is only a warning here too."""

    id = models.UUIDField(primary_key=True)
    cvr = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=200, db_index=True)
    street = models.CharField(max_length=120, blank=True, default="")
    house = models.CharField(max_length=20, blank=True, default="")
    postcode = models.CharField(max_length=4, blank=True, default="")
    city = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    mail = models.CharField(max_length=160, blank=True, default="")
    invented = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [GinIndex(NAME_WORDS, name="business_name_words")]


class BusinessContact(models.Model):
    """Somebody who speaks for a business; a person of the register when they are known as one."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=160)
    title = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    mail = models.CharField(max_length=160, blank=True, default="")
