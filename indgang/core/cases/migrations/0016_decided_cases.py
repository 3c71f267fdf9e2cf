from django.db import migrations, models


class Migration(migrations.Migration):
    """The cases decided in some days, for the figures of leaders."""

    dependencies = [("cases", "0015_waits_and_businesses")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False)), fields=["decided_at"], name="case_decided"
            ),
        ),
    ]
