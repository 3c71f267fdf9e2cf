from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RawMail",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("sender", models.CharField(blank=True, default="", max_length=320)),
                ("recipients", models.JSONField()),
                ("content", models.BinaryField()),
                ("size", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("message_id", models.CharField(blank=True, default="", max_length=255)),
                ("state", models.CharField(default="stored", max_length=10)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("contact", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "stored")), fields=["received_at"], name="raw_mail_stored"
                    ),
                    models.Index(fields=["message_id"], name="raw_mail_message_id"),
                    models.Index(fields=["digest"], name="raw_mail_digest"),
                ],
            },
        ),
    ]
