import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_ended_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.documentversion",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.AddField("accessrequest", "packing_at", models.DateTimeField(null=True)),
        migrations.AddField("accessrequest", "packing_by", models.BigIntegerField(null=True)),
        migrations.AddField("accessrequest", "packing_tries", models.SmallIntegerField(default=0)),
        migrations.AddField(
            "accessrequest",
            "packing_part",
            models.CharField(
                blank=True,
                choices=[
                    ("waiting", "Venter på tur"),
                    ("reading", "Finder filerne frem"),
                    ("joining", "Sætter siderne sammen"),
                    ("proving", "Ser efter, at det dækkede er væk"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField("accessrequest", "packing_version", models.IntegerField(null=True)),
        migrations.AddField("accessrequest", "packing_fault", models.CharField(blank=True, default="", max_length=400)),
        migrations.AddField("forwarding", "brought_by", models.CharField(blank=True, default="", max_length=160)),
        migrations.AddField("forwarding", "receipt", models.UUIDField(null=True)),
        migrations.AddField("forwarding", "means", models.CharField(blank=True, default="", max_length=160)),
        migrations.AddIndex(
            "accessrequest",
            models.Index(condition=Q(("packing_at__isnull", False)), fields=["packing_at"], name="access_packing"),
        ),
        migrations.AddIndex(
            "forwarding",
            models.Index(condition=Q(("received_at__isnull", False)), fields=["-id"], name="forwarding_papers"),
        ),
    ]
