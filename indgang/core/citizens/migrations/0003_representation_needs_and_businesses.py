import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from indgang.core.citizens.values import address_keys


def write_address_keys(apps, schema_editor):
    """Those who are known already get the keys their address is compared by."""
    person = apps.get_model("citizens", "Person")
    batch = []
    for one in person.objects.exclude(street="").only("id", "street", "house").iterator(chunk_size=5000):
        one.street_key, one.house_key = address_keys(one.street, one.house)
        batch.append(one)
        if len(batch) == 5000:
            person.objects.bulk_update(batch, ["street_key", "house_key"])
            batch = []
    person.objects.bulk_update(batch, ["street_key", "house_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0002_name_words"),
        ("organisation", "0002_closing_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="adviser",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="organisation.employee",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="house_key",
            field=models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="person",
            name="household",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="interpreter",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="citizens.person",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="spouse",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="citizens.person",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="street_key",
            field=models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=200),
        ),
        migrations.CreateModel(
            name="Business",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("cvr", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("sort_key", models.CharField(db_index=True, max_length=200)),
                ("street", models.CharField(blank=True, default="", max_length=120)),
                ("house", models.CharField(blank=True, default="", max_length=20)),
                ("postcode", models.CharField(blank=True, default="", max_length=4)),
                ("city", models.CharField(blank=True, default="", max_length=60)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
                ("mail", models.CharField(blank=True, default="", max_length=160)),
                ("invented", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector(
                            django.db.models.functions.text.Replace("sort_key", models.Value("0"), models.Value(" ")),
                            config="simple",
                        ),
                        name="business_name_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BusinessContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("title", models.CharField(blank=True, default="", max_length=120)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
                ("mail", models.CharField(blank=True, default="", max_length=160)),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="citizens.business"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="citizens.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                (
                    "contact_points",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "represented",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "representing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("filled", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="citizens.person"
                    ),
                ),
                (
                    "provisional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="citizens.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("attorney", "Fuldmagt"), ("parent", "Forældremyndighed"), ("guardian", "Værgemål")],
                        max_length=10,
                    ),
                ),
                (
                    "scope_tasks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="citizens.person"
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="citizens.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpecialGroup",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("order", models.IntegerField(default=0)),
                ("source", models.CharField(blank=True, default="", max_length=160)),
                ("valid_to", models.DateField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="special_group",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="citizens.specialgroup",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["street_key", "house_key"], name="person_address"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("household__isnull", False)), fields=["household"], name="person_household"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(condition=models.Q(("spouse__isnull", False)), fields=["spouse"], name="person_spouse"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("adviser__isnull", False)), fields=["adviser"], name="person_adviser"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("special_group__isnull", False)),
                fields=["special_group"],
                name="person_special_group",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="person_merged_into"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("provisional",), name="one_merge_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                fields=("representative", "citizen", "role", "valid_from"),
                name="one_representation_per_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(("representative", models.F("citizen")), _negated=True),
                name="nobody_represents_themselves",
            ),
        ),
        migrations.RunPython(write_address_keys, migrations.RunPython.noop),
    ]
