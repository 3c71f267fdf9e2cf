from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_what_filing_found")]

    operations = [
        migrations.RemoveIndex(model_name="rawmail", name="raw_mail_stored"),
        migrations.AddField(
            model_name="rawmail",
            name="due_at",
            field=models.DateTimeField(db_default=Now()),
        ),
        migrations.AddIndex(
            model_name="rawmail",
            index=models.Index(condition=models.Q(("state", "stored")), fields=["due_at"], name="raw_mail_due"),
        ),
    ]
