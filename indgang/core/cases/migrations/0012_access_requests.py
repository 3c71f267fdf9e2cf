import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_lists_at_size"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="accessrequest",
            name="requester_mail",
        ),
        migrations.AddField(
            model_name="accessitem",
            name="as_text",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="blind",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="by_hand",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="dated",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="key",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accessitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("document", "Dokument"),
                    ("entry", "Journalnotat"),
                    ("contact", "Henvendelse"),
                    ("looks", "Opslag"),
                    ("apart", "Sag hos en anden enhed"),
                ],
                default="document",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accessitem",
            name="media_type",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="name",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="pages",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="source",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="unreadable",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="accessitem",
            name="words",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="address",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="own_case",
            field=models.OneToOneField(
                default=None, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="package_files",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="package_size",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="accessitem",
            name="order",
            field=models.IntegerField(),
        ),
        migrations.AlterField(
            model_name="discardrow",
            name="why",
            field=models.CharField(
                choices=[
                    ("aged", "Opbevaringstiden er gået, og sagen er afleveret til arkivet"),
                    ("appeal", "Der er en klage, eller klagefristen løber"),
                    ("not_archived", "Sagen er ikke afleveret til arkivet"),
                    ("kept", "Sagen skal bevares og er ikke afleveret til arkivet"),
                    ("open_access", "Nogen har bedt om aktindsigt, og det er ikke besvaret"),
                    ("open_relation", "En sag, den hører sammen med, er ikke afsluttet"),
                    ("reopened", "Sagen er genoptaget"),
                    ("gone", "Sagen findes ikke mere"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="discardrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("reported", "Klar til godkendelse"),
                    ("approved", "Godkendt"),
                    ("done", "Slettet"),
                    ("withdrawn", "Trukket tilbage"),
                ],
                default="reported",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="accessitem",
            constraint=models.UniqueConstraint(fields=("request", "key"), name="one_access_item_each"),
        ),
        migrations.AddConstraint(
            model_name="discardrow",
            constraint=models.UniqueConstraint(fields=("run", "case_id"), name="one_discard_row_each"),
        ),
    ]
