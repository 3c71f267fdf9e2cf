import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_search_words"),
        ("citizens", "0001_initial"),
        ("contacts", "0001_initial"),
        ("organisation", "0002_closing_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Involved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(blank=True, default="", max_length=40)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="message_mail_id",
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("inquirer_phone__gt", "")),
                fields=["inquirer_phone", "-received_at"],
                name="contact_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=models.Q(("state", "closed")), fields=["closed_at"], name="contact_closed"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("state__in", ["closed", "abandoned"]), _negated=True),
                fields=["handler"],
                name="contact_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=models.Q(("mail_id__gt", "")), fields=["mail_id"], name="message_mail_id"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("raw__isnull", False)), fields=("raw",), name="one_message_per_raw"
            ),
        ),
        migrations.AddField(
            model_name="involved",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
            ),
        ),
        migrations.AddField(
            model_name="involved",
            name="employee",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="involved",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="involved",
            constraint=models.UniqueConstraint(
                fields=("contact", "employee", "unit", "group"), name="involved_once", nulls_distinct=False
            ),
        ),
    ]
