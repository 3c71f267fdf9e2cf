import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_search_words"),
        ("citizens", "0002_name_words"),
        ("contacts", "0002_involved"),
        ("organisation", "0002_closing_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("phone", models.CharField(max_length=30)),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField(null=True)),
                ("state", models.CharField(default="requested", max_length=10)),
                ("tries", models.SmallIntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                ("last_tried_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("taken_in_at", models.DateTimeField()),
                ("follow_up_by", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=160)),
                ("title_en", models.CharField(max_length=160)),
                ("link", models.CharField(max_length=200)),
                ("tasks", models.JSONField(default=list)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Moved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merge", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=12)),
                ("before", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
                ("typing_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(default="hand_over", max_length=10)),
                ("to_text", models.CharField(max_length=200)),
                ("shown_to", models.CharField(blank=True, default="", max_length=200)),
                ("by_when", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=2)),
                ("version", models.IntegerField()),
                ("title", models.CharField(max_length=120)),
                ("body", models.TextField()),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=80)),
                ("current", models.BooleanField(default=True)),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="complaint",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="contact",
            name="interpreter",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            model_name="contact",
            name="interpreter_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="life_event",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="contact",
            name="representing",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="citizens.person"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="self_service",
            field=models.CharField(
                blank=True,
                choices=[("offered", "Tilbudt"), ("accepted", "Tog imod")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="special_group",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="contact",
            name="wait_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contacttask",
            name="outcome",
            field=models.CharField(
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
                db_default="",
                default="",
                max_length=14,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="undo_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("representing__isnull", False)),
                fields=["representing"],
                name="contact_representing",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("wait_until__isnull", False)), fields=["wait_until"], name="contact_wait_until"
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="message",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="contacts.message"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="taken_in_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="moved",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="back_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.contact"
            ),
        ),
        migrations.AddField(
            model_name="replytemplate",
            name="task",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "requested")), fields=("contact",), name="one_open_call_back"
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(condition=models.Q(("state", "open")), fields=["follow_up_by"], name="complaint_due"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["unit", "-id"], name="complaint_unit"),
        ),
        migrations.AddConstraint(
            model_name="moved",
            constraint=models.UniqueConstraint(fields=("merge", "contact", "role"), name="moved_once_per_merge"),
        ),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(fields=["seen_at"], name="presence_seen"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("contact", "employee"), name="present_once"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(condition=models.Q(("state", "open")), fields=["by_when"], name="promise_due"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("contact",), name="one_open_promise"
            ),
        ),
        migrations.AddConstraint(
            model_name="replytemplate",
            constraint=models.UniqueConstraint(fields=("code", "language", "version"), name="one_template_version"),
        ),
        migrations.AddConstraint(
            model_name="replytemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("code", "language"), name="one_current_template"
            ),
        ),
    ]
