from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_plans")]

    operations = [
        migrations.AddField(
            model_name="countset",
            name="group",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="countset",
            name="unit",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.CreateModel(
            name="YearlyVolume",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=160)),
                ("title_en", models.CharField(max_length=160)),
                ("channel", models.CharField(max_length=14)),
                ("per_year", models.IntegerField()),
                ("share", models.DecimalField(decimal_places=4, default=1, max_digits=5)),
                ("part_of", models.CharField(blank=True, default="", max_length=40)),
                ("is_sum", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("order", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CentreFigure",
            fields=[
                ("unit", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("load", models.FloatField(null=True)),
                ("staff", models.FloatField(null=True)),
                ("lacks", models.CharField(max_length=200, null=True)),
                ("tax_seat", models.CharField(blank=True, default="", max_length=3)),
                ("kept_at", models.DateTimeField()),
                ("kept_by", models.CharField(max_length=80)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
    ]
