from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="rawmail",
            name="answered",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="rawmail",
            name="author",
            field=models.CharField(blank=True, default="", max_length=320),
        ),
        migrations.AddField(
            model_name="rawmail",
            name="content_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="rawmail",
            name="flood",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="rawmail",
            index=models.Index(
                condition=models.Q(("content_digest", ""), _negated=True),
                fields=["content_digest"],
                name="raw_mail_content",
            ),
        ),
        migrations.AddIndex(
            model_name="rawmail",
            index=models.Index(fields=["author", "received_at"], name="raw_mail_author"),
        ),
        migrations.AddIndex(
            model_name="rawmail",
            index=models.Index(
                condition=models.Q(("state", "attention")), fields=["received_at"], name="raw_mail_attention"
            ),
        ),
        migrations.AddIndex(
            model_name="rawmail",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["contact"], name="raw_mail_contact"
            ),
        ),
    ]
