import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_documents")]

    operations = [
        migrations.AddField(
            model_name="deadline",
            name="overdue_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="MovedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merge", models.CharField(max_length=40)),
                ("before", models.UUIDField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.party"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("merge", "case", "party"), name="one_move_each", nulls_distinct=False
                    )
                ],
            },
        ),
    ]
