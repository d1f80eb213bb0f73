import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0001_bigrams"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("file", models.FileField(max_length=200, upload_to="attachments")),
                ("original_name", models.CharField(max_length=200, verbose_name="Name")),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(verbose_name="Size")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="Uploaded at")),
                ("hidden_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "Attachment",
                "verbose_name_plural": "Attachments",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["content_type", "object_id"], name="attachments_of_record")],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["kind", "year", "pk"],
                "constraints": [models.UniqueConstraint(fields=("kind", "year"), name="counter_kind_year")],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model_label", models.CharField(max_length=100, verbose_name="Kind of record")),
                (
                    "name",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*\\Z", "Use small letters, digits and _."
                            )
                        ],
                        verbose_name="Name",
                    ),
                ),
                ("label", models.CharField(max_length=60, verbose_name="Label")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("choice", "Choice"),
                            ("multiple_choice", "Multiple choice"),
                            ("yes_no", "Yes or no"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="Choices")),
                ("is_required", models.BooleanField(default=False, verbose_name="Required")),
                ("default", models.CharField(blank=True, max_length=200, verbose_name="Default")),
                ("help_text", models.CharField(blank=True, max_length=200, verbose_name="Help")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Position")),
                ("is_active", models.BooleanField(default=True, verbose_name="Active")),
            ],
            options={
                "verbose_name": "Custom field",
                "verbose_name_plural": "Custom fields",
                "ordering": ["model_label", "position", "pk"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.UniqueConstraint(fields=("model_label", "name"), name="one_custom_field_per_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("model_label", "label"),
                        name="one_active_custom_field_per_label",
                        violation_error_code="label",
                        violation_error_message="This kind of record has another field with this label. Choose another label.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "^[a-z][a-z0-9_]{0,39}$")),
                        name="custom_field_name_is_plain",
                        violation_error_code="name",
                        violation_error_message="Use small letters, digits and _.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="At")),
                ("list_name", models.CharField(max_length=80, verbose_name="List")),
                ("query", models.TextField(blank=True, verbose_name="Filter")),
                ("columns", models.JSONField(default=list, verbose_name="Columns")),
                ("row_count", models.PositiveIntegerField(verbose_name="Rows")),
            ],
            options={
                "verbose_name": "Export",
                "verbose_name_plural": "Exports",
                "ordering": ["-pk"],
                "permissions": [
                    ("export_rows", "Can export lists"),
                    ("see_phones", "Can see phone numbers in full"),
                    ("publish_views", "Can save views for everybody"),
                ],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="Kind")),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="Work with the same kind and key is done once.", max_length=120
                    ),
                ),
                ("task", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="Title")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("business_date", models.DateField(null=True, verbose_name="Business date")),
                ("parameters", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("progress_done", models.PositiveBigIntegerField(default=0)),
                ("progress_total", models.PositiveBigIntegerField(default=0)),
                ("message", models.TextField(blank=True, verbose_name="Message")),
                ("result", models.FileField(blank=True, max_length=200, upload_to="jobs")),
                ("result_name", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Asked for at")),
                ("queued_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True, verbose_name="Started at")),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="Finished at")),
            ],
            options={
                "verbose_name": "Job",
                "verbose_name_plural": "Jobs",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["owner", "-id"], name="jobs_of_owner"),
                    models.Index(
                        condition=models.Q(("status__in", ["queued", "running"])),
                        fields=["heartbeat_at"],
                        name="live_jobs",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("kind", "key"), name="one_job_per_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "running", "done", "failed", "cancelled"])),
                        name="job_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("importer", models.CharField(max_length=60)),
                ("file", models.FileField(max_length=200, upload_to="imports")),
                ("original_name", models.CharField(max_length=200, verbose_name="File")),
                ("sha256", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("previewed", "Checked"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="uploaded",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("report", models.JSONField(default=dict)),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.job"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Uploaded at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="Finished at")),
            ],
            options={
                "verbose_name": "Import",
                "verbose_name_plural": "Imports",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["importer", "sha256"], name="imports_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["uploaded", "previewed", "running", "done", "failed"])),
                        name="import_status_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_name", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=40, verbose_name="Name")),
                ("query", models.TextField(blank=True)),
                ("columns", models.JSONField(default=list)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("private", "Only for me"),
                            ("team", "For my unit and those below"),
                            ("all", "For everybody"),
                        ],
                        default="private",
                        max_length=10,
                        verbose_name="For whom",
                    ),
                ),
                ("is_pinned", models.BooleanField(default=True, verbose_name="Pinned as a tab")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "Saved view",
                "verbose_name_plural": "Saved views",
                "ordering": ["pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["list_name"], name="saved_views_of_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "list_name", "name"), name="one_view_per_name"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["private", "team", "all"])), name="view_audience_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListPreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("list_name", models.CharField(max_length=80)),
                ("columns", models.JSONField(default=list)),
                ("view_order", models.JSONField(default=list)),
                (
                    "default_view",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="core.savedview"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "list_name"), name="one_preference_per_list")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("message", models.CharField(max_length=300)),
                ("parameters", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("url", models.CharField(max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Sent at")),
                ("read_at", models.DateTimeField(null=True, verbose_name="Read at")),
            ],
            options={
                "verbose_name": "Notice",
                "verbose_name_plural": "Notices",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["user", "-id"], name="notices_of_user"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["user"], name="unread_notices"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, verbose_name="E-mail")),
                ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                ("text", models.TextField(verbose_name="Text")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
                ("next_try_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="Sent at")),
            ],
            options={
                "verbose_name": "Outgoing mail",
                "verbose_name_plural": "Outgoing mail",
                "ordering": ["pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(condition=models.Q(("sent_at", None)), fields=["next_try_at"], name="mail_waiting")
                ],
            },
        ),
        migrations.CreateModel(
            name="RevealLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="At")),
                ("model_label", models.CharField(max_length=100, verbose_name="Kind of record")),
                ("record_id", models.BigIntegerField(verbose_name="Key of the record")),
                ("column", models.CharField(max_length=100, verbose_name="What was shown")),
            ],
            options={
                "verbose_name": "Number shown in full",
                "verbose_name_plural": "Numbers shown in full",
                "ordering": ["-pk"],
                "permissions": [("reveal_numbers", "Can have masked numbers shown in full")],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["model_label", "record_id"], name="core_reveal_model_l_892162_idx")],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("step", models.CharField(max_length=40, verbose_name="Step")),
                ("before", models.CharField(max_length=40, verbose_name="Before")),
                ("after", models.CharField(max_length=40, verbose_name="After")),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="At")),
            ],
            options={
                "verbose_name": "Status change",
                "verbose_name_plural": "Status changes",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["content_type", "object_id", "id"], name="core_status_content_93db58_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="UndoOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                ("message", models.CharField(max_length=200)),
                ("words", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("parameters", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("offered_at", models.DateTimeField(auto_now_add=True, verbose_name="Done at")),
                ("expires_at", models.DateTimeField(verbose_name="Can be undone until")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="Undone at")),
            ],
            options={
                "verbose_name": "Undo",
                "verbose_name_plural": "Undo",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["by", "-id"], name="undo_offers_of_user")],
            },
        ),
    ]
