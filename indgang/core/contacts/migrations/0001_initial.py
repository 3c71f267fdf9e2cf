import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("citizens", "0001_initial"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=12, unique=True)),
                ("secret", models.CharField(max_length=43, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("webform", "Webformular"),
                            ("mail", "E-mail"),
                            ("phone", "Telefon"),
                            ("counter", "Personligt fremmøde"),
                            ("letter", "Brev"),
                            ("chat", "Chat"),
                            ("sms", "Sms"),
                            ("self_service", "Selvbetjening"),
                            ("api", "System"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "Ind"), ("out", "Ud"), ("note", "Intern note")], default="in", max_length=4
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("identified", models.BooleanField(default=False)),
                (
                    "inquirer_kind",
                    models.CharField(
                        choices=[
                            ("citizen", "Borger"),
                            ("other_municipality", "Borger i anden kommune"),
                            ("business", "Virksomhed"),
                            ("authority", "Myndighed"),
                            ("employee", "Medarbejder"),
                        ],
                        default="citizen",
                        max_length=20,
                    ),
                ),
                ("inquirer_name", models.CharField(blank=True, default="", max_length=160)),
                ("inquirer_mail", models.CharField(blank=True, default="", max_length=254)),
                ("inquirer_phone", models.CharField(blank=True, default="", max_length=30)),
                ("language", models.CharField(default="da", max_length=5)),
                ("subject", models.CharField(blank=True, default="", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Ny"),
                            ("open", "I gang"),
                            ("waiting", "Venter på borgeren"),
                            ("snoozed", "Udskudt"),
                            ("closed", "Afsluttet"),
                            ("abandoned", "Opgivet"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("informed", "Vejledt"),
                            ("decided", "Afgjort"),
                            ("booked", "Tid bestilt"),
                            ("handed_over", "Overdraget"),
                            ("self_service", "Henvist til selvbetjening"),
                            ("forwarded", "Sendt til anden myndighed"),
                            ("call_back", "Ringet op"),
                            ("suggestion", "Forslag eller klage modtaget"),
                            ("abandoned", "Opgivet"),
                        ],
                        default="",
                        max_length=14,
                    ),
                ),
                ("expected_answer_by", models.DateTimeField(null=True)),
                ("call_back", models.BooleanField(default=False)),
                ("call_back_when", models.CharField(blank=True, default="", max_length=120)),
                ("handed_over", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "continues",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="contacts.contact"
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "life_situation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.lifesituation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="citizens.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContactTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.SmallIntegerField(default=0)),
                ("level", models.SmallIntegerField(null=True)),
                ("source", models.CharField(default="triage", max_length=10)),
                ("answers", models.JSONField(default=dict)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("saved_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "direction",
                    models.CharField(choices=[("in", "Ind"), ("out", "Ud"), ("note", "Intern note")], max_length=4),
                ),
                (
                    "medium",
                    models.CharField(
                        choices=[
                            ("webform", "Webformular"),
                            ("mail", "E-mail"),
                            ("phone", "Telefon"),
                            ("counter", "Personligt fremmøde"),
                            ("letter", "Brev"),
                            ("chat", "Chat"),
                            ("sms", "Sms"),
                            ("self_service", "Selvbetjening"),
                            ("api", "System"),
                        ],
                        max_length=14,
                    ),
                ),
                ("author", models.CharField(max_length=80)),
                ("subject", models.CharField(blank=True, default="", max_length=200)),
                ("body", models.TextField(blank=True, default="")),
                ("html", models.TextField(blank=True, default="")),
                ("raw", models.UUIDField(null=True)),
                ("automatic", models.BooleanField(default=False)),
                ("mail_id", models.CharField(blank=True, default="", max_length=255)),
                ("delivery", models.CharField(blank=True, default="", max_length=12)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.message"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["person", "-received_at"], name="contact_person"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["inquirer_mail", "-received_at"], name="contact_mail"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["state", "received_at"], name="contact_state"),
        ),
        migrations.AddConstraint(
            model_name="contacttask",
            constraint=models.UniqueConstraint(fields=("contact", "task"), name="a_task_once_per_contact"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("contact", "employee", "field"), name="one_draft_per_field"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["contact", "at"], name="message_contact"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["mail_id"], name="message_mail_id"),
        ),
    ]
