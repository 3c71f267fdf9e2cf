import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_followed_and_watched"),
        ("catalogue", "0007_sections_without_pending"),
        ("organisation", "0006_forwarding"),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingNotice",
            fields=[
                ("event", models.UUIDField(primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="forwarding",
            name="disclosed",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="forwarding",
            name="letter",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="forwarding",
            name="mail_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("waiting", "Mailen er på vej"),
                    ("sent", "Mailen er sendt"),
                    ("failed", "Mailen kunne ikke sendes"),
                ],
                default="",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="forwarding",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="forwarding",
            name="way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mail", "Mail uden personoplysninger"),
                    ("letter", "Brev med posten"),
                    ("other", "Afleveret på anden måde"),
                ],
                default="",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="words",
            field=models.CharField(default="", max_length=160),
        ),
        migrations.AddField(
            model_name="notice",
            name="words_en",
            field=models.CharField(blank=True, default="", max_length=160),
        ),
        migrations.AddField(
            model_name="opinion",
            name="documents",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="direction",
            field=models.CharField(choices=[("given", "Videregivet"), ("obtained", "Indhentet")], max_length=8),
        ),
        migrations.AlterField(
            model_name="forwarding",
            name="kind",
            field=models.CharField(
                choices=[
                    ("case", "Sagen"),
                    ("form", "Blanket"),
                    ("paper", "Papirer"),
                    ("return", "Selvangivelse eller anden indberetning"),
                ],
                default="case",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="forwarding",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "Modtaget her"),
                    ("sent", "Sendt videre"),
                    ("accepted", "Modtaget af myndigheden"),
                    ("answered", "Besvaret"),
                    ("refused", "Afvist af myndigheden"),
                    ("withdrawn", "Trukket tilbage"),
                ],
                default="sent",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("moved", "Borgeren er flyttet"),
                    ("died", "Borgeren er død"),
                    ("child_born", "Borgeren har fået barn"),
                    ("married", "Borgeren er blevet gift"),
                    ("divorced", "Borgeren er blevet skilt"),
                    ("protection_set", "Navn og adresse er blevet beskyttet"),
                    ("income_changed", "Borgerens indkomst er ændret"),
                    ("decided", "Der er truffet afgørelse i en anden sag"),
                    ("new_contact", "Borgeren har henvendt sig igen"),
                    ("report_failed", "En indberetning kunne ikke afleveres"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="noticerule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("moved", "Borgeren er flyttet"),
                    ("died", "Borgeren er død"),
                    ("child_born", "Borgeren har fået barn"),
                    ("married", "Borgeren er blevet gift"),
                    ("divorced", "Borgeren er blevet skilt"),
                    ("protection_set", "Navn og adresse er blevet beskyttet"),
                    ("income_changed", "Borgerens indkomst er ændret"),
                    ("decided", "Der er truffet afgørelse i en anden sag"),
                    ("new_contact", "Borgeren har henvendt sig igen"),
                    ("report_failed", "En indberetning kunne ikke afleveres"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=["case"],
                name="opinion_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticerule",
            constraint=models.UniqueConstraint(
                fields=("kind", "task"), name="one_notice_rule_each", nulls_distinct=False
            ),
        ),
        migrations.AddField(
            model_name="pendingnotice",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
    ]
