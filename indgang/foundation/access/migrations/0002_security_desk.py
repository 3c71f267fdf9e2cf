import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("citizen", models.UUIDField(db_index=True)),
                ("task", models.CharField(max_length=12)),
                ("receiver", models.CharField(max_length=120)),
                ("ground", models.CharField(max_length=200)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("actor", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="FactorRule",
            fields=[
                ("role", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("demo_too", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(unique=True)),
                ("text", models.TextField()),
                ("text_en", models.TextField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="LookReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("looks", models.IntegerField()),
                ("note", models.CharField(max_length=500)),
                ("reviewed_by", models.CharField(max_length=80)),
                ("reviewed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LookRule",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("on", models.BooleanField(default=True)),
                ("limit", models.IntegerField()),
                ("minutes", models.IntegerField(default=0)),
                ("starts", models.TimeField(null=True)),
                ("ends", models.TimeField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="OutsideLogin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=200)),
                ("linked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RightsReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("task", models.CharField(max_length=12)),
                ("old", models.SmallIntegerField()),
                ("new", models.SmallIntegerField()),
                ("rows", models.JSONField(default=list)),
                ("seen_by", models.CharField(blank=True, default="", max_length=80)),
                ("seen_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("secret", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="account",
            name="epoch",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="authorisation",
            name="revoked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="authorisation",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="switch",
            name="tasks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="authorisation",
            index=models.Index(
                condition=models.Q(("revoked_at", None)), fields=["valid_to"], name="authorisation_ends"
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="instruction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.instruction"
            ),
        ),
        migrations.AddIndex(
            model_name="lookreview",
            index=models.Index(fields=["actor", "reason", "until"], name="review_of"),
        ),
        migrations.AddField(
            model_name="outsidelogin",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recoverycode",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(fields=("account", "instruction"), name="accepted_once"),
        ),
        migrations.AddConstraint(
            model_name="outsidelogin",
            constraint=models.UniqueConstraint(fields=("issuer", "subject"), name="one_account_per_identity"),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.UniqueConstraint(fields=("account", "digest"), name="one_recovery_code"),
        ),
    ]
