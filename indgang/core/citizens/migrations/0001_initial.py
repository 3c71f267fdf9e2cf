import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("cpr", models.CharField(max_length=10, null=True, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("sort_key", models.CharField(db_index=True, max_length=200)),
                ("born", models.DateField(null=True)),
                ("street", models.CharField(blank=True, default="", max_length=120)),
                ("house", models.CharField(blank=True, default="", max_length=20)),
                ("postcode", models.CharField(blank=True, default="", max_length=4)),
                ("city", models.CharField(blank=True, default="", max_length=60)),
                ("municipality", models.CharField(default="0101", max_length=4)),
                ("language", models.CharField(default="da", max_length=5)),
                ("protected_until", models.DateField(null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("invented", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=6)),
                ("value", models.CharField(max_length=160)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="citizens.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "value"], name="contact_point_value")],
                "constraints": [models.UniqueConstraint(fields=("person", "kind", "value"), name="one_contact_point")],
            },
        ),
    ]
