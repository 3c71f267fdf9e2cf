"""Persons and their contact points. Nothing outside this module queries them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Replace

# The words of a name in the order's alphabet ("0" parts words there), so that å, aa and accents find each other.
NAME_WORDS = SearchVector(Replace("sort_key", models.Value("0"), models.Value(" ")), config="simple")


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
    municipality = models.CharField(max_length=4, default="0101")
    language = models.CharField(max_length=5, default="da")
    protected_until = models.DateField(null=True)  # name and address protection, CPR act s. 28
    provisional = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [GinIndex(NAME_WORDS, name="person_name_words")]


class ContactPoint(models.Model):
    """A mail address or phone number of a person, normalised."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6)  # "mail", "phone"
    value = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value"], name="one_contact_point")]
        indexes = [models.Index(fields=["kind", "value"], name="contact_point_value")]
