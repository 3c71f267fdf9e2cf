from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("administration", "0002_watched")]
    operations = [
        migrations.CreateModel(
            name="LooseTie",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("contact", models.UUIDField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", models.CharField(blank=True, default="", max_length=80)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("seen_at", None)), fields=["at"], name="open_loose_ties")],
            },
        ),
    ]
