from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=2)),
                ("kind", models.CharField(max_length=10)),
                ("version", models.IntegerField()),
                ("title", models.CharField(max_length=160)),
                ("body", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("origin", models.CharField(max_length=7)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "language", "version"), name="one_letter_template_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)),
                        fields=("code", "language"),
                        name="one_open_letter_template",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="letter_template_days",
                    ),
                ],
            },
        ),
    ]
