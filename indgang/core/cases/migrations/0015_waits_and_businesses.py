from django.db import migrations, models


class Migration(migrations.Migration):
    """A party's business is named by the id businesses have; no row could point at one before."""

    dependencies = [("cases", "0014_papers_texts_packing")]

    operations = [
        migrations.CreateModel(
            name="CaseWait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("citizen", "Venter på borgeren"),
                            ("hearing", "I partshøring"),
                            ("opinion", "Venter på en udtalelse"),
                            ("authority", "Venter på en anden myndighed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("until", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "kind"), name="one_wait_of_a_kind"),
                ]
            },
        ),
        migrations.RemoveField(model_name="party", name="business"),
        migrations.AddField(model_name="party", name="business", field=models.UUIDField(null=True)),
        migrations.AddField(
            model_name="step", name="listed", field=models.BooleanField(default=False, db_default=False)
        ),
    ]
