from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="InquiryDraft",
            fields=[
                ("token", models.CharField(max_length=43, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("text", models.TextField()),
                ("language", models.CharField(default="da", max_length=5)),
                ("task", models.CharField(blank=True, default="", max_length=12)),
                ("topic_chosen", models.BooleanField(default=False)),
                ("answers", models.JSONField(default=dict)),
                ("answered", models.BooleanField(default=False)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("answer", "Answer"), ("message", "Message"), ("call_back", "Call Back")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=160)),
                ("mail", models.CharField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=30)),
                ("call_when", models.CharField(blank=True, default="", max_length=120)),
                ("files", models.JSONField(default=list)),
                ("reached", models.BooleanField(default=False)),
                ("contact", models.UUIDField(null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=12)),
                ("secret", models.CharField(blank=True, default="", max_length=43)),
                ("expected", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["started_at"], name="inquiry_draft_age")],
            },
        ),
    ]
