from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_access_requests"),
        ("catalogue", "0007_sections_without_pending"),
        ("citizens", "0004_died"),
        ("organisation", "0006_forwarding"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress", "closed")), fields=["unit", "-id"], name="case_unit_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress", "closed")), fields=["handler", "-id"], name="case_handler_closed"
            ),
        ),
    ]
