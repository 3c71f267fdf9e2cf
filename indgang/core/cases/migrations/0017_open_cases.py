from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest open cases, and what one waits for oneself, without looking through those of others."""

    dependencies = [("cases", "0016_decided_cases")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    models.Q(("progress", "closed"), _negated=True), models.Q(("waiting", ""), _negated=True)
                ),
                fields=["handler", "deadline"],
                name="case_handler_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress", "closed"), _negated=True), fields=["id"], name="case_newest_open"
            ),
        ),
    ]
