from django.db import migrations, models


def fields(model: str) -> list[migrations.AddField]:
    kinds = [("profile", "Profilen"), ("hand", "En medarbejder")]
    return [
        migrations.AddField(model, "version", models.IntegerField(default=1, db_default=1)),
        migrations.AddField(
            model, "origin", models.CharField(choices=kinds, db_default="profile", default="profile", max_length=8)
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("routing", "0003_service_points_and_rules")]
    operations = [*fields("servicepoint"), *fields("pausereason")]
