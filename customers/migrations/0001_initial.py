import core.ranges
import core.search
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_bigrams"),
        ("dealers", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_initial"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="Note")),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "In force"), ("cancelled", "Called off")],
                        default="active",
                        editable=False,
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "verbose_name": "Absence",
                "verbose_name_plural": "Absences",
                "ordering": ["-starts_on", "-pk"],
                "indexes": [models.Index(fields=["person", "ends_on"], name="customers_a_person__fb7560_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="absence_ends_after_it_begins",
                        violation_error_code="ends_on",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "cancelled"])), name="absence_status_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.absence",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="Note")),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "In force"), ("cancelled", "Called off")],
                        default="active",
                        editable=False,
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=40, verbose_name="Name")),
            ],
            options={
                "verbose_name": "Source",
                "verbose_name_plural": "Sources",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "binned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Put in the recycle bin at"),
                ),
                (
                    "binned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("name_pinyin", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("company", "Company"),
                            ("government", "Government"),
                            ("taxi", "Taxi company"),
                            ("leasing", "Leasing company"),
                            ("logistics", "Logistics company"),
                            ("group_buyer", "Group buyer"),
                        ],
                        default="person",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("potential", "Potential customer"),
                            ("base", "Base customer"),
                            ("lost", "Lost customer"),
                        ],
                        default="potential",
                        max_length=20,
                        verbose_name="Stage",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("a", "A"), ("b", "B"), ("c", "C")], default="c", max_length=1, verbose_name="Level"
                    ),
                ),
                (
                    "care_level",
                    models.CharField(
                        choices=[("standard", "Standard care"), ("important", "Important"), ("vip", "VIP")],
                        default="standard",
                        max_length=20,
                        verbose_name="Care level",
                    ),
                ),
                ("phone", models.CharField(max_length=20, verbose_name="Phone")),
                ("other_phone", models.CharField(blank=True, max_length=20, verbose_name="Other phone")),
                ("credit_code", models.CharField(blank=True, max_length=18, verbose_name="Unified social credit code")),
                (
                    "credit_code_note",
                    models.CharField(blank=True, max_length=200, verbose_name="Why the code differs from the standard"),
                ),
                ("id_number_cipher", models.TextField(blank=True, editable=False, verbose_name="ID number")),
                ("id_number_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("website", models.URLField(blank=True, verbose_name="Website")),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "Micro enterprise"),
                            ("small", "Small enterprise"),
                            ("medium", "Medium enterprise"),
                            ("large", "Large enterprise"),
                        ],
                        max_length=20,
                        verbose_name="Enterprise size",
                    ),
                ),
                ("division", models.CharField(blank=True, max_length=6, verbose_name="Division")),
                ("province", models.CharField(blank=True, max_length=40, verbose_name="Province")),
                ("city", models.CharField(blank=True, max_length=40, verbose_name="City")),
                ("district", models.CharField(blank=True, max_length=40, verbose_name="County or district")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Address")),
                ("industry", models.CharField(blank=True, max_length=40, verbose_name="Industry")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="customers",
                        to="customers.source",
                        verbose_name="Source",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidiaries",
                        to="customers.customer",
                        verbose_name="Parent company",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="customers.customer",
                        verbose_name="Merged into",
                    ),
                ),
                ("owned_since", models.DateTimeField(editable=False, null=True, verbose_name="With this owner since")),
                ("pooled_at", models.DateTimeField(editable=False, null=True, verbose_name="In the public pool since")),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="customers",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
                ("last_contact_at", models.DateTimeField(blank=True, null=True, verbose_name="Last contact")),
                ("extra", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "Customer",
                "verbose_name_plural": "Customers",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="customer_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="customer_search_start",
                    ),
                    models.Index(
                        condition=models.Q(("binned_at", None), ("merged_into", None)),
                        fields=["-id"],
                        name="customer_live",
                    ),
                    models.Index(fields=["owner"], name="customers_c_owner_i_5773d3_idx"),
                    models.Index(fields=["phone"], name="customers_c_phone_8493fa_idx"),
                    models.Index(
                        condition=models.Q(("other_phone", ""), _negated=True),
                        fields=["other_phone"],
                        name="customer_by_other_phone",
                    ),
                    models.Index(
                        condition=models.Q(("credit_code", ""), _negated=True),
                        fields=["credit_code"],
                        name="customer_by_credit_code",
                    ),
                    models.Index(
                        condition=models.Q(("id_number_hash", ""), _negated=True),
                        fields=["id_number_hash"],
                        name="customer_by_id_number",
                    ),
                    models.Index(fields=["name"], name="customers_c_name_f018e2_idx"),
                    models.Index(
                        condition=models.Q(("division", ""), _negated=True),
                        fields=["division"],
                        name="customer_by_division",
                        opclasses=["varchar_pattern_ops"],
                    ),
                    models.Index(fields=["name_pinyin", "-id"], name="customers_c_name_pi_2b46d6_idx"),
                    models.Index(fields=["kind", "stage", "-id"], name="customers_c_kind_1d7f98_idx"),
                    models.Index(fields=["unit", "-id"], name="customers_c_unit_id_e0f723_idx"),
                    models.Index(fields=["created_at"], name="customers_c_created_1ed0f4_idx"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="merged_customers",
                    ),
                    models.Index(
                        models.F("stage"),
                        django.db.models.functions.comparison.Greatest(
                            django.db.models.functions.comparison.Coalesce("owned_since", "created_at"),
                            models.F("last_contact_at"),
                        ),
                        condition=models.Q(
                            ("binned_at", None), ("merged_into", None), ("owner__isnull", False), ("pooled_at", None)
                        ),
                        name="customers_left_alone",
                    ),
                    models.Index(
                        models.F("stage"),
                        django.db.models.functions.comparison.Coalesce("owned_since", "created_at"),
                        condition=models.Q(
                            ("binned_at", None), ("merged_into", None), ("owner__isnull", False), ("pooled_at", None)
                        ),
                        name="customers_unsold",
                    ),
                    models.Index(
                        condition=models.Q(("pooled_at__isnull", False)),
                        fields=["unit", "-pooled_at"],
                        name="customers_in_pool",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pooled_at", None), ("owner", None), _connector="OR"),
                        name="customer_in_the_pool_belongs_to_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["potential", "base", "lost"])), name="customer_stage_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["a", "b", "c"])), name="customer_level_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="customer_is_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="customer_is_not_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualFrame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_frames",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(verbose_name="Last day")),
                ("agreed_count", models.PositiveIntegerField(verbose_name="Agreed cars")),
                (
                    "agreed_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Agreed amount (yuan)"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Annual frame",
                "verbose_name_plural": "Annual frames",
                "ordering": ["-valid_from", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="annual_frame_ends_later",
                        violation_error_code="valid_until",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_amount__gte", 0)),
                        name="annual_frame_is_not_negative",
                        violation_error_code="agreed_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualFrameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.annualframe",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("agreed_count", models.PositiveIntegerField(verbose_name="Agreed cars")),
                (
                    "agreed_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Agreed amount (yuan)"),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(verbose_name="Last day")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeyAccountRegistration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("project_name", models.CharField(max_length=120, verbose_name="Project")),
                ("expected_quantity", models.PositiveIntegerField(verbose_name="Expected cars")),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("registered", "Registered"),
                            ("rejected", "Rejected"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("protected_until", models.DateField(blank=True, null=True, verbose_name="Protected until")),
                ("reminded_of", models.DateField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "Key account registration",
                "verbose_name_plural": "Key account registrations",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="registration_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="registration_search_start",
                    ),
                    models.Index(fields=["status", "protected_until"], name="customers_k_status_e7b40f_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "registered")),
                        fields=("customer", "project_name"),
                        name="one_registration_per_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "registered"), _negated=True),
                            ("protected_until__isnull", False),
                            _connector="OR",
                        ),
                        name="registered_project_is_protected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted", "registered", "rejected", "expired"])),
                        name="registration_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arbitration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "winner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arbitrations_won",
                        to="customers.keyaccountregistration",
                        verbose_name="Holds the project",
                    ),
                ),
                (
                    "loser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arbitrations_lost",
                        to="customers.keyaccountregistration",
                        verbose_name="Gives way",
                    ),
                ),
                ("reason", models.TextField(verbose_name="Reason")),
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
            ],
            options={
                "verbose_name": "Arbitration",
                "verbose_name_plural": "Arbitrations",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("winner", models.F("loser")), _negated=True),
                        name="arbitration_has_two_sides",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The first rule that fits decides.", verbose_name="Order"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Name")),
                ("city", models.CharField(blank=True, max_length=40, verbose_name="City")),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.series",
                        verbose_name="Series of interest",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.source",
                        verbose_name="Source",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        help_text="Its salesmen take turns.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Team",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="Open leads a person, at most"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="Active")),
                (
                    "last_person",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Last turn",
                    ),
                ),
            ],
            options={
                "verbose_name": "Assignment rule",
                "verbose_name_plural": "Assignment rules",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClaimLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit and those below it",
                    ),
                ),
                (
                    "claims_per_day",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as many as one likes.",
                        null=True,
                        verbose_name="Claims per person and day",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as one likes.",
                        null=True,
                        verbose_name="Customers one person may own",
                    ),
                ),
                (
                    "cooling_off_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="So long the previous owner may not claim the customer again.",
                        verbose_name="Cooling-off days",
                    ),
                ),
            ],
            options={
                "verbose_name": "Limit of claims",
                "verbose_name_plural": "Limits of claims",
                "ordering": ["unit__path", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("marketing_sms", "Marketing by SMS"),
                            ("marketing_email", "Marketing by e-mail"),
                            ("marketing_phone", "Marketing by phone"),
                            ("share_with_maker", "Passing data on to the maker"),
                            ("share_with_dealers", "Passing data on to other dealers"),
                        ],
                        max_length=20,
                        verbose_name="Purpose",
                    ),
                ),
                ("version", models.CharField(max_length=20, verbose_name="Version")),
                ("text", models.TextField(verbose_name="Text")),
                ("valid_from", models.DateField(verbose_name="Valid from")),
            ],
            options={
                "verbose_name": "Consent text",
                "verbose_name_plural": "Consent texts",
                "ordering": ["purpose", "-valid_from", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("purpose", "version"), name="one_consent_text_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                [
                                    "marketing_sms",
                                    "marketing_email",
                                    "marketing_phone",
                                    "share_with_maker",
                                    "share_with_dealers",
                                ],
                            )
                        ),
                        name="consent_purpose_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.consenttext",
                        verbose_name="Consent text",
                    ),
                ),
                ("is_given", models.BooleanField(default=True, verbose_name="Given")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("paper", "Signed on paper"),
                            ("showroom", "Spoken in the showroom"),
                            ("phone", "By phone"),
                            ("wechat", "By WeChat"),
                            ("web", "On the website"),
                        ],
                        max_length=20,
                        verbose_name="Channel",
                    ),
                ),
                ("proof", models.CharField(blank=True, max_length=200, verbose_name="Proof")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Recorded by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="At")),
            ],
            options={
                "verbose_name": "Consent",
                "verbose_name_plural": "Consents",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["customer", "-id"], name="customers_c_custome_2fa392_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["paper", "showroom", "phone", "wechat", "web"])),
                        name="consent_channel_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "binned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Put in the recycle bin at"),
                ),
                (
                    "binned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="Name")),
                ("role", models.CharField(blank=True, max_length=40, verbose_name="Role")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Phone")),
                ("other_phone", models.CharField(blank=True, max_length=20, verbose_name="Other phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                ("wechat", models.CharField(blank=True, max_length=40, verbose_name="WeChat")),
                (
                    "birth_calendar",
                    models.CharField(
                        blank=True,
                        choices=[("solar", "Solar calendar"), ("lunar", "Lunar calendar")],
                        default="solar",
                        max_length=10,
                        verbose_name="Birthday by",
                    ),
                ),
                (
                    "birth_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="Year of birth",
                    ),
                ),
                ("birth_month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Month of birth")),
                ("birth_day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Day of birth")),
                ("is_leap_month", models.BooleanField(default=False, verbose_name="Leap month")),
                ("next_birthday_on", models.DateField(editable=False, null=True, verbose_name="Next birthday")),
                ("is_primary", models.BooleanField(default=False, verbose_name="Primary contact")),
            ],
            options={
                "verbose_name": "Contact",
                "verbose_name_plural": "Contacts",
                "ordering": ["-is_primary", "name", "pk"],
                "indexes": [
                    models.Index(fields=["next_birthday_on"], name="customers_c_next_bi_adb1cd_idx"),
                    models.Index(fields=["phone"], name="customers_c_phone_32089f_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)), fields=("customer",), name="one_primary_contact"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("birth_day__isnull", True),
                                ("birth_month__isnull", True),
                                ("next_birthday_on__isnull", True),
                            ),
                            models.Q(
                                ("birth_day__gte", 1),
                                ("birth_day__lte", 31),
                                ("birth_month__gte", 1),
                                ("birth_month__lte", 12),
                                ("next_birthday_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="birthday_has_month_and_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "binned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Put in the recycle bin at"),
                ),
                (
                    "binned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("phone", models.CharField(max_length=20, verbose_name="Mobile phone")),
                ("city", models.CharField(blank=True, max_length=40, verbose_name="City")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="customers.source",
                        verbose_name="Source",
                    ),
                ),
                (
                    "intent_level",
                    models.CharField(
                        choices=[
                            ("h", "Level H"),
                            ("a", "Level A"),
                            ("b", "Level B"),
                            ("c", "Level C"),
                            ("n", "Level N (new contact)"),
                            ("o", "Level O (ordered)"),
                            ("d", "Level D (delivered)"),
                            ("t", "Level T (order cancelled)"),
                        ],
                        default="n",
                        max_length=1,
                        verbose_name="Intent level",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.series",
                        verbose_name="Series of interest",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("contested", "To be arbitrated"),
                            ("new", "New"),
                            ("assigned", "Assigned"),
                            ("qualified", "Qualified"),
                            ("converted", "Converted"),
                            ("invalid", "Invalid"),
                        ],
                        default="new",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("next_contact_on", models.DateField(blank=True, null=True, verbose_name="Next contact on")),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("is_phone_verified", models.BooleanField(default=False, verbose_name="Phone verified")),
                ("score", models.SmallIntegerField(default=0, editable=False, verbose_name="Lead score")),
                (
                    "contests",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rivals",
                        to="customers.lead",
                        verbose_name="Contests",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Recorded by",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="Recorded at")),
                ("extra", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "Lead",
                "verbose_name_plural": "Leads",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="lead_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="lead_search_start",
                    ),
                    models.Index(fields=["owner", "status"], name="customers_l_owner_i_c6a601_idx"),
                    models.Index(fields=["phone"], name="customers_l_phone_d61171_idx"),
                    models.Index(fields=["recorded_at"], name="customers_l_recorde_3c4843_idx"),
                    models.Index(
                        condition=models.Q(("status__in", ("new", "assigned", "qualified"))),
                        fields=["next_contact_on"],
                        name="lead_open_by_next_contact",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["contested", "new", "assigned", "qualified", "converted", "invalid"])
                        ),
                        name="lead_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "contested"), _negated=True),
                            ("contests__isnull", False),
                            _connector="OR",
                        ),
                        name="contested_lead_names_the_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "converted"), _negated=True),
                            ("customer__isnull", False),
                            _connector="OR",
                        ),
                        name="converted_lead_has_customer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pipeline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Name")),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pipeline",
                        to="users.unit",
                        verbose_name="Unit and those below it",
                    ),
                ),
            ],
            options={
                "verbose_name": "Pipeline",
                "verbose_name_plural": "Pipelines",
                "ordering": ["unit__path", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit",), name="one_pipeline_per_unit", nulls_distinct=False)
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pipeline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="customers.pipeline",
                        verbose_name="Pipeline",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("open", "In progress"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="Position")),
                (
                    "probability",
                    models.PositiveSmallIntegerField(
                        help_text="The chance to win, 0 to 100.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="Probability (%)",
                    ),
                ),
                (
                    "required",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("series", "series of interest"),
                                ("amount", "expected amount"),
                                ("close_day", "expected close"),
                                ("products", "at least one product line"),
                                ("competitor", "at least one competitor"),
                                ("contact", "a contact record"),
                                ("showroom", "a visit to the showroom"),
                                ("test_drive", "a test drive"),
                                ("quotation", "a quotation"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Needed to enter",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="Active")),
            ],
            options={
                "verbose_name": "Stage",
                "verbose_name_plural": "Stages",
                "ordering": ["pipeline", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("pipeline", "name"), name="stage_name_once_per_pipeline"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "open"), _negated=True),
                        fields=("pipeline", "kind"),
                        name="one_won_and_one_lost_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["open", "won", "lost"])), name="stage_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "won"), ("probability", 100)),
                            models.Q(("kind", "lost"), ("probability", 0)),
                            models.Q(("kind", "open"), ("probability__lte", 100)),
                            _connector="OR",
                        ),
                        name="stage_probability_fits_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opportunity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "binned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Put in the recycle bin at"),
                ),
                (
                    "binned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "lead",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunity",
                        to="customers.lead",
                        verbose_name="Lead",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Title")),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.series",
                        verbose_name="Series of interest",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="Cars")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Expected amount (yuan)"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "In progress"),
                            ("losing", "Loss to be confirmed"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "pipeline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.pipeline",
                        verbose_name="Pipeline",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="customers.stage",
                        verbose_name="Stage",
                    ),
                ),
                (
                    "stage_since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="In this stage since"),
                ),
                (
                    "manual_probability",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: by the stage. It falls away with the next stage.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="Own estimate (%)",
                    ),
                ),
                ("expected_close_on", models.DateField(blank=True, null=True, verbose_name="Expected close")),
                (
                    "lost_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("price", "Price"),
                            ("product", "Product"),
                            ("stock", "No stock"),
                            ("finance", "Finance"),
                            ("service", "Service"),
                            ("competitor", "Bought from a competitor"),
                            ("gave_up", "Gave up buying"),
                        ],
                        max_length=20,
                        verbose_name="Reason of loss",
                    ),
                ),
                (
                    "lost_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.competitormodel",
                        verbose_name="Lost to",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                ("extra", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "Opportunity",
                "verbose_name_plural": "Opportunities",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="opportunity_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="opportunity_search_start",
                    ),
                    models.Index(fields=["owner", "status"], name="customers_o_owner_i_938709_idx"),
                    models.Index(fields=["stage", "-stage_since", "-id"], name="customers_o_stage_i_20ab09_idx"),
                    models.Index(fields=["customer", "-id"], name="customers_o_custome_8d1eed_idx"),
                    models.Index(fields=["created_at"], name="customers_o_created_eab3af_idx"),
                    models.Index(
                        condition=models.Q(("status__in", ("open", "losing"))),
                        fields=["expected_close_on"],
                        name="opportunity_open_by_close_day",
                    ),
                    models.Index(
                        condition=models.Q(("binned_at", None)),
                        fields=["pipeline", "stage"],
                        include=("status", "closed_at", "amount", "manual_probability"),
                        name="opportunities_summed_on_board",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "losing", "won", "lost"])),
                        name="opportunity_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="opportunity_amount_not_negative",
                        violation_error_code="amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["losing", "lost"]), _negated=True),
                            models.Q(("lost_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lost_opportunity_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lost_reason", "competitor"), _negated=True),
                            ("lost_to__isnull", False),
                            _connector="OR",
                        ),
                        name="opportunity_lost_to_a_competitor_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manual_probability__gte", 0), ("manual_probability__lte", 100)),
                        name="opportunity_probability_is_a_percentage",
                        violation_error_code="manual_probability",
                        violation_error_message="Enter a value from 0 to 100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "binned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="Put in the recycle bin at"),
                ),
                (
                    "binned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_records",
                        to="customers.lead",
                        verbose_name="Lead",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_records",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_records",
                        to="customers.opportunity",
                        verbose_name="Opportunity",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("visit", "Visit"),
                            ("message", "Message"),
                            ("showroom", "Showroom visit"),
                            ("test_drive", "Test drive"),
                            ("quotation", "Quotation"),
                            ("order", "Order"),
                            ("delivery", "Delivery"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="At")),
                ("summary", models.TextField(verbose_name="Summary")),
                ("next_contact_on", models.DateField(blank=True, null=True, verbose_name="Next contact on")),
                ("source_key", models.CharField(blank=True, editable=False, max_length=60)),
            ],
            options={
                "verbose_name": "Contact record",
                "verbose_name_plural": "Contact records",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["at", "owner", "kind"], name="contacts_by_day_and_person"),
                    models.Index(fields=["-at", "-id"], name="customers_c_at_479d77_idx"),
                    models.Index(fields=["owner", "-at"], name="customers_c_owner_i_52f6f8_idx"),
                    models.Index(fields=["customer", "-at"], name="customers_c_custome_a2d55a_idx"),
                    models.Index(fields=["lead", "-at"], name="customers_c_lead_id_8baaf1_idx"),
                    models.Index(fields=["opportunity", "-at"], name="customers_c_opportu_e181d5_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lead__isnull", False), ("customer__isnull", False), _connector="OR"),
                        name="contact_record_is_about_somebody",
                        violation_error_message="Name the lead or the customer it is about.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("source_key",),
                        name="one_milestone_per_event",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.customer",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("potential", "Potential customer"),
                            ("base", "Base customer"),
                            ("lost", "Lost customer"),
                        ],
                        default="potential",
                        max_length=20,
                        verbose_name="Stage",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("phone", models.CharField(max_length=20, verbose_name="Phone")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.customer",
                        verbose_name="Parent company",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("a", "A"), ("b", "B"), ("c", "C")], default="c", max_length=1, verbose_name="Level"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.customer",
                        verbose_name="Merged into",
                    ),
                ),
                ("pooled_at", models.DateTimeField(editable=False, null=True, verbose_name="In the public pool since")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CustomerMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "winner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="customers.customer",
                        verbose_name="Kept",
                    ),
                ),
                (
                    "loser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                        verbose_name="Merged into it",
                    ),
                ),
                ("loser_number", models.CharField(max_length=20, verbose_name="Number merged")),
                ("loser_name", models.CharField(max_length=80, verbose_name="Name merged")),
                (
                    "status",
                    models.CharField(
                        choices=[("merged", "Merged"), ("undone", "Undone")],
                        default="merged",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
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
                ("undone_at", models.DateTimeField(null=True, verbose_name="Undone at")),
                ("winner_before", models.JSONField()),
                ("winner_after", models.JSONField()),
                ("loser_before", models.JSONField()),
                ("moved", models.JSONField()),
                ("moved_count", models.PositiveIntegerField(verbose_name="Records moved")),
            ],
            options={
                "verbose_name": "Merge of customers",
                "verbose_name_plural": "Merges of customers",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("winner", models.F("loser")), _negated=True),
                        name="customer_is_merged_with_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["merged", "undone"])), name="merge_status_is_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "merged")), fields=("loser",), name="customer_is_merged_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Shared with",
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[("read", "May read"), ("edit", "May read and edit")],
                        default="read",
                        max_length=10,
                        verbose_name="Access",
                    ),
                ),
                ("until", models.DateField(verbose_name="Until")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                (
                    "shared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Shared by",
                    ),
                ),
                ("shared_at", models.DateTimeField(auto_now_add=True, verbose_name="Shared at")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="Ended at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Share of a customer",
                "verbose_name_plural": "Shares of customers",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["person"], name="shares_in_force_of_person"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("customer", "person"),
                        name="customer_is_shared_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("access__in", ["read", "edit"])), name="share_access_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntentLevelRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("h", "Level H"),
                            ("a", "Level A"),
                            ("b", "Level B"),
                            ("c", "Level C"),
                            ("n", "Level N (new contact)"),
                            ("o", "Level O (ordered)"),
                            ("d", "Level D (delivered)"),
                            ("t", "Level T (order cancelled)"),
                        ],
                        max_length=1,
                        unique=True,
                        verbose_name="Intent level",
                    ),
                ),
                (
                    "purchase_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Buys within (days)"),
                ),
                (
                    "follow_up_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no contact is due.",
                        null=True,
                        verbose_name="Contact again within (days)",
                    ),
                ),
            ],
            options={
                "verbose_name": "Intent level",
                "verbose_name_plural": "Intent levels",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="KeyAccountRegistrationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.keyaccountregistration",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("registered", "Registered"),
                            ("rejected", "Rejected"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                ("protected_until", models.DateField(blank=True, null=True, verbose_name="Protected until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeadEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.lead",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("contested", "To be arbitrated"),
                            ("new", "New"),
                            ("assigned", "Assigned"),
                            ("qualified", "Qualified"),
                            ("converted", "Converted"),
                            ("invalid", "Invalid"),
                        ],
                        default="new",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "intent_level",
                    models.CharField(
                        choices=[
                            ("h", "Level H"),
                            ("a", "Level A"),
                            ("b", "Level B"),
                            ("c", "Level C"),
                            ("n", "Level N (new contact)"),
                            ("o", "Level O (ordered)"),
                            ("d", "Level D (delivered)"),
                            ("t", "Level T (order cancelled)"),
                        ],
                        default="n",
                        max_length=1,
                        verbose_name="Intent level",
                    ),
                ),
                ("phone", models.CharField(max_length=20, verbose_name="Mobile phone")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeadPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "protection_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="So long another dealer who records the same mobile waits for a manager's decision.",
                        verbose_name="Protected for (days)",
                    ),
                ),
            ],
            options={
                "verbose_name": "Lead policy",
                "verbose_name_plural": "Lead policy",
                "ordering": ["pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_lead_policy")],
            },
        ),
        migrations.CreateModel(
            name="LeavingCustomer",
            fields=[],
            options={
                "verbose_name": "Customer about to fall into the pool",
                "verbose_name_plural": "About to fall into the pool",
                "proxy": True,
            },
            bases=("customers.customer",),
        ),
        migrations.CreateModel(
            name="MetCompetitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competitors",
                        to="customers.opportunity",
                        verbose_name="Opportunity",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.competitormodel",
                        verbose_name="Competitor model",
                    ),
                ),
                (
                    "price_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Price asked (yuan)"
                    ),
                ),
                ("dealer_name", models.CharField(blank=True, max_length=80, verbose_name="Dealer of the competitor")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Competitor met",
                "verbose_name_plural": "Competitors met",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("opportunity", "model"), name="competitor_met_once_per_opportunity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gte", 0)),
                        name="price_of_competitor_not_negative",
                        violation_error_code="price_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpportunityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.opportunity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "In progress"),
                            ("losing", "Loss to be confirmed"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.stage",
                        verbose_name="Stage",
                    ),
                ),
                (
                    "manual_probability",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: by the stage. It falls away with the next stage.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="Own estimate (%)",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Expected amount (yuan)"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="Cars")),
                ("expected_close_on", models.DateField(blank=True, null=True, verbose_name="Expected close")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpportunityLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="customers.opportunity",
                        verbose_name="Opportunity",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.series",
                        verbose_name="Series",
                    ),
                ),
                (
                    "configuration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.configuration",
                        verbose_name="Configuration",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="Cars")),
                (
                    "unit_price_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="Unit price (yuan)"),
                ),
            ],
            options={
                "verbose_name": "Product of an opportunity",
                "verbose_name_plural": "Products of opportunities",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity__gte", 1)), name="opportunity_line_has_cars"),
                    models.CheckConstraint(
                        condition=models.Q(("unit_price_amount__gte", 0)),
                        name="opportunity_line_price_not_negative",
                        violation_error_code="unit_price_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owner_changes",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("transferred", "Transferred"),
                            ("handed_over", "Handed over by a leaver"),
                            ("pooled", "Returned to the public pool"),
                            ("claimed", "Claimed from the public pool"),
                            ("assigned", "Assigned from the public pool"),
                            ("undone", "Transfer undone"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "owner_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Previous owner",
                    ),
                ),
                (
                    "owner_after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="New owner",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_hand", "Returned by hand"),
                            ("no_contact", "No contact for too long"),
                            ("no_order", "No order for too long"),
                        ],
                        max_length=20,
                        verbose_name="Ground",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(null=True, verbose_name="Days of the rule")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Reason")),
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
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="At")),
            ],
            options={
                "verbose_name": "Change of owner",
                "verbose_name_plural": "Changes of owner",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["customer", "-at"], name="customers_o_custome_5faa90_idx"),
                    models.Index(
                        condition=models.Q(("kind", "claimed")), fields=["owner_after", "at"], name="claims_of_person"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pooled"), ("owner_after", None)),
                            models.Q(models.Q(("kind", "pooled"), _negated=True), ("owner_after__isnull", False)),
                            ("kind", "undone"),
                            _connector="OR",
                        ),
                        name="only_the_pool_has_no_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["transferred", "handed_over", "pooled", "claimed", "assigned", "undone"])
                        ),
                        name="owner_change_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PricePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="price_policies",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(verbose_name="Last day")),
                (
                    "discount_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="Discount (%)",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Price policy",
                "verbose_name_plural": "Price policies",
                "ordering": ["-valid_from", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="price_policy_ends_later",
                        violation_error_code="valid_until",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discount_percent__gte", 0), ("discount_percent__lte", 100)),
                        name="price_policy_is_a_share",
                        violation_error_code="discount_percent",
                        violation_error_message="Enter a value from 0 to 100.",
                    ),
                    core.ranges.NoOverlap(
                        expressions=[
                            ("customer", "="),
                            (
                                core.ranges.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_price_policy_per_day",
                        violation_error_message="Another price policy of this customer holds on one of these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyTier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tiers", to="customers.pricepolicy"
                    ),
                ),
                ("from_quantity", models.PositiveIntegerField(verbose_name="From cars")),
                (
                    "discount_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="Discount (%)",
                    ),
                ),
            ],
            options={
                "ordering": ["from_quantity", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "from_quantity"), name="one_tier_per_quantity"),
                    models.CheckConstraint(
                        condition=models.Q(("discount_percent__gte", 0), ("discount_percent__lte", 100)),
                        name="policy_tier_is_a_share",
                        violation_error_code="discount_percent",
                        violation_error_message="Enter a value from 0 to 100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PooledCustomer",
            fields=[],
            options={
                "verbose_name": "Customer in the public pool",
                "verbose_name_plural": "Public pool",
                "proxy": True,
            },
            bases=("customers.customer",),
        ),
        migrations.CreateModel(
            name="PoolRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit and those below it",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("a", "A"), ("b", "B"), ("c", "C")],
                        help_text="Empty: every level.",
                        max_length=1,
                        verbose_name="Level of the customer",
                    ),
                ),
                (
                    "no_contact_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Days without contact"),
                ),
                (
                    "no_order_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Since the owner got the customer.",
                        null=True,
                        verbose_name="Days without an order",
                    ),
                ),
                (
                    "protection_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="So long a new owner keeps the customer in any case.",
                        verbose_name="Days of protection",
                    ),
                ),
                ("warning_days", models.PositiveSmallIntegerField(default=7, verbose_name="Days of warning")),
                ("spares_buyers", models.BooleanField(default=True, verbose_name="Not for customers who have bought")),
                ("is_active", models.BooleanField(default=True, verbose_name="Active")),
            ],
            options={
                "verbose_name": "Rule of the pool",
                "verbose_name_plural": "Rules of the pool",
                "ordering": ["unit__path", "level", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "level"),
                        name="one_pool_rule_per_unit_and_level",
                        violation_error_message="This unit has a rule for this level already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("no_contact_days__gt", 0), ("no_contact_days__isnull", False)),
                            models.Q(("no_order_days__gt", 0), ("no_order_days__isnull", False)),
                            _connector="OR",
                        ),
                        name="pool_rule_has_a_condition",
                        violation_error_message="Enter the days without contact, the days without an order, or both.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PricePolicyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="customers.pricepolicy",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "discount_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="Discount (%)",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(verbose_name="Last day")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PurchaseRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("source_key", models.CharField(max_length=60, unique=True)),
                ("text", models.CharField(max_length=120, verbose_name="Document")),
                ("on", models.DateField(verbose_name="Date")),
                ("car_count", models.IntegerField(default=0, verbose_name="Cars")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
            ],
            options={
                "verbose_name": "Purchase record",
                "verbose_name_plural": "Purchase records",
                "ordering": ["-on", "-pk"],
                "indexes": [models.Index(fields=["-on", "-id"], name="customers_p_on_d38f2a_idx")],
            },
        ),
        migrations.CreateModel(
            name="ScoreRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "criterion",
                    models.CharField(
                        choices=[
                            ("source", "Source"),
                            ("level", "Intent level"),
                            ("verified", "Phone verified"),
                            ("recent", "Recorded within (days)"),
                            ("contacts", "Contacts, at least"),
                        ],
                        max_length=20,
                        verbose_name="Criterion",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.source",
                        verbose_name="Source",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("h", "Level H"),
                            ("a", "Level A"),
                            ("b", "Level B"),
                            ("c", "Level C"),
                            ("n", "Level N (new contact)"),
                            ("o", "Level O (ordered)"),
                            ("d", "Level D (delivered)"),
                            ("t", "Level T (order cancelled)"),
                        ],
                        max_length=1,
                        verbose_name="Intent level",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Days or contacts")),
                ("points", models.SmallIntegerField(verbose_name="Points")),
                ("is_active", models.BooleanField(default=True, verbose_name="Active")),
            ],
            options={
                "verbose_name": "Score rule",
                "verbose_name_plural": "Score rules",
                "ordering": ["criterion", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("criterion", "source"), ("source__isnull", False), ("level", ""), ("number", None)
                            ),
                            models.Q(
                                ("criterion", "level"),
                                ("number", None),
                                ("source", None),
                                models.Q(("level", ""), _negated=True),
                            ),
                            models.Q(("criterion", "verified"), ("level", ""), ("number", None), ("source", None)),
                            models.Q(
                                ("criterion__in", ["recent", "contacts"]),
                                ("level", ""),
                                ("number__isnull", False),
                                ("source", None),
                            ),
                            _connector="OR",
                        ),
                        name="score_rule_has_what_its_criterion_needs",
                        violation_error_message="Enter the source, the level or the number that the criterion needs, only that.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="customers.opportunity",
                        verbose_name="Opportunity",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.stage",
                        verbose_name="Stage before",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.stage",
                        verbose_name="Stage",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Entered at")),
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
            ],
            options={
                "verbose_name": "Stage change",
                "verbose_name_plural": "Stage changes",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["opportunity", "at"], name="customers_s_opportu_e5acd0_idx")],
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timeline",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="At")),
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
                ("message", models.CharField(max_length=200)),
                ("parameters", models.JSONField(default=dict)),
                ("url", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "Timeline entry",
                "verbose_name_plural": "Timeline entries",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["customer", "-at"], name="customers_t_custome_4f95b3_idx")],
            },
        ),
        migrations.CreateModel(
            name="WalkIns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="Day")),
                ("count", models.PositiveSmallIntegerField(verbose_name="Parties without contact data")),
            ],
            options={
                "verbose_name": "Walk-ins",
                "verbose_name_plural": "Walk-ins",
                "ordering": ["-on", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("unit", "on"), name="walk_ins_counted_once_a_day")],
            },
        ),
    ]
