import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_sharing_and_access")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("course__isnull", False)), fields=["course"], name="case_course"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)), fields=["closed_at"], name="case_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                fields=["due_at"],
                name="deadline_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "decided")), fields=("case",), name="one_decision_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("case",), name="one_decision_in_draft"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["case", "-dated"], name="document_case"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["contact"], name="document_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="version_words"),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["at"], name="version_unread"),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="one_version_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="editing",
            constraint=models.UniqueConstraint(fields=("case", "part", "employee"), name="one_editing_each"),
        ),
        migrations.AddIndex(
            model_name="forwarding",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)), fields=["expected_by"], name="forwarding_open"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["case", "-at"], name="entry_case"),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["contact"], name="entry_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("theme", "body", config="danish"), name="entry_words"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("handled_at__isnull", True)), fields=["react_by"], name="notice_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("case", "event"), name="one_notice_per_event_and_case"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "primary"), ("valid_to__isnull", True)),
                fields=("case",),
                name="one_primary_party",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("withdrawn", False)),
                fields=["case", "order"],
                name="step_open",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("withdrawn", False)),
                fields=["employee"],
                name="step_employee",
            ),
        ),
        migrations.RunSQL("CREATE SEQUENCE cases_number", "DROP SEQUENCE cases_number"),
    ]
