import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_sharing")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_deadline"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress", "closed"), _negated=True), fields=["deadline", "id"], name="case_due"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    models.Q(("progress", "closed"), _negated=True), models.Q(("waiting", ""), _negated=True)
                ),
                fields=["waiting", "deadline"],
                name="case_waits",
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="case_words"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", config="danish"),
                fastupdate=False,
                name="case_words",
            ),
        ),
    ]
