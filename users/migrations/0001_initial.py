import core.ranges
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import users.models.people
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0001_bigrams"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("headquarters", "Headquarters"),
                            ("region", "Region"),
                            ("dealer", "Dealer"),
                            ("station", "Service station"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="users.unit",
                        verbose_name="Above",
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=200, unique=True)),
            ],
            options={
                "verbose_name": "Unit",
                "verbose_name_plural": "Units",
                "ordering": ["path", "pk"],
                "indexes": [models.Index(fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"])],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "headquarters")),
                        fields=("kind",),
                        name="one_headquarters",
                        violation_error_code="kind",
                        violation_error_message="There is one headquarters already. Choose another kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "headquarters"), ("parent", None)),
                            models.Q(models.Q(("kind", "headquarters"), _negated=True), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_headquarters_has_nothing_above",
                        violation_error_code="parent",
                        violation_error_message="Choose the unit above; only the headquarters has none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("name", models.CharField(max_length=50, verbose_name="Name")),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Phone")),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "简体中文"), ("en", "English")],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="Language",
                    ),
                ),
                ("wants_mail", models.BooleanField(default=True, verbose_name="Reminders by e-mail too")),
                (
                    "theme",
                    models.CharField(
                        choices=[("light", "Light"), ("dark", "Dark")],
                        default="light",
                        max_length=10,
                        verbose_name="Theme",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "User",
                "verbose_name_plural": "Users",
                "ordering": ["name", "pk"],
            },
            managers=[
                ("objects", users.models.people.PeopleManager()),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="User",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
                ("last_used_on", models.DateField(null=True, verbose_name="Last used on")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="Revoked at")),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "ordering": ["-pk"],
                "permissions": [("use_api", "Can use the API")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ApiTokenEvent",
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
                        to="users.apitoken",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="User",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="Revoked at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApprovalFlow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=60, verbose_name="Approval of")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="Version")),
                ("is_in_force", models.BooleanField(default=True, verbose_name="In force")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Made by",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="Made at")),
            ],
            options={
                "verbose_name": "Approval flow",
                "verbose_name_plural": "Approval flows",
                "ordering": ["subject", "-version", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "version"), name="version_of_a_flow_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_in_force", True)), fields=("subject",), name="one_flow_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject__in",
                                [
                                    "aftersales.claim",
                                    "contracts.contract",
                                    "contracts.contractamendment",
                                    "contracts.order",
                                    "contracts.orderversion",
                                    "contracts.quotation",
                                    "contracts.rebateaccrual",
                                    "customers.keyaccountregistration",
                                    "customers.opportunity",
                                    "dealers.creditlinechange",
                                    "salesplan.salesplan",
                                ],
                            )
                        ),
                        name="flow_subject_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlowStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="users.approvalflow",
                        verbose_name="Approval flow",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="Step")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("right", "Whoever has the right to approve"),
                            ("role", "A role in the units above the record"),
                            ("superior", "The superior of whoever owns the record"),
                        ],
                        default="right",
                        max_length=20,
                        verbose_name="Approved by",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("director", "Sales director"),
                            ("regional_manager", "Regional manager"),
                            ("salesman", "Salesman"),
                            ("dealer_manager", "Dealer manager"),
                            ("dealer_salesman", "Dealer salesman"),
                            ("planner", "Planner"),
                            ("production_clerk", "Production clerk"),
                            ("stock_keeper", "Stock keeper"),
                            ("finance", "Finance clerk"),
                            ("claims_officer", "Claims officer"),
                            ("technician", "Technician"),
                            ("settlement_clerk", "Settlement clerk"),
                            ("service_station", "Service station clerk"),
                            ("trainer", "Trainer"),
                            ("trainee", "Trainee"),
                            ("system_administrator", "System administrator"),
                            ("security_administrator", "Security administrator"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=40,
                        verbose_name="Role",
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="Levels up",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("any", "One of them"), ("all", "All of them")],
                        default="any",
                        max_length=10,
                        verbose_name="How many decide",
                    ),
                ),
                (
                    "min_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="From amount (yuan)"
                    ),
                ),
                (
                    "max_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Below amount (yuan)"
                    ),
                ),
                (
                    "min_discount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="From discount (%)"
                    ),
                ),
                (
                    "max_discount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="Below discount (%)"
                    ),
                ),
                (
                    "remind_after_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="Remind after (hours)",
                    ),
                ),
                (
                    "escalate_after_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="Ask the superior after (hours)",
                    ),
                ),
            ],
            options={
                "verbose_name": "Step of an approval flow",
                "verbose_name_plural": "Steps of an approval flow",
                "ordering": ["flow_id", "position", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("flow", "position"), name="one_flow_step_per_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "role"), models.Q(("role", ""), _negated=True)),
                            models.Q(("kind__in", ["right", "superior"]), ("role", "")),
                            _connector="OR",
                        ),
                        name="flow_step_by_role_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["any", "all"])), name="flow_step_mode_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 5)),
                        name="flow_step_level_counts",
                        violation_error_code="level",
                        violation_error_message="Enter a value from 1 to 5.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_amount", None),
                            ("max_amount", None),
                            ("min_amount__lt", models.F("max_amount")),
                            _connector="OR",
                        ),
                        name="flow_step_amounts_are_a_band",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_discount", None),
                            ("max_discount", None),
                            ("min_discount__lt", models.F("max_discount")),
                            _connector="OR",
                        ),
                        name="flow_step_discounts_are_a_band",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalCase",
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
                ("subject", models.CharField(max_length=60, verbose_name="Approval of")),
                (
                    "flow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="users.approvalflow",
                        verbose_name="Approval flow",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="Record")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Amount (yuan)"),
                ),
                (
                    "discount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Discount (%)"),
                ),
                ("snapshot", models.JSONField(default=dict)),
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.approvalcase",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("withdrawn", "Withdrawn"),
                            ("ended", "Ended"),
                        ],
                        default="running",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.flowstep",
                        verbose_name="Step",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Asked by",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                ("waiting_since", models.DateTimeField(verbose_name="Waiting since")),
                ("remind_at", models.DateTimeField(null=True)),
                ("escalate_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Ended at")),
            ],
            options={
                "verbose_name": "Approval",
                "verbose_name_plural": "Approvals",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["waiting_since", "id"],
                        name="running_approvals",
                    ),
                    models.Index(fields=["asked_by", "-id"], name="approvals_asked_by"),
                    models.Index(fields=["content_type", "object_id", "-id"], name="approvals_of_record"),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="approvals_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(("escalate_at__isnull", False)),
                        fields=["escalate_at"],
                        name="approvals_to_escalate",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("subject", "object_id"),
                        name="one_running_approval_per_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "running")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["approved", "returned", "withdrawn", "ended"]),
                            ),
                            _connector="OR",
                        ),
                        name="approval_ends_once_it_is_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="users.approvalcase",
                        verbose_name="Approval",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="Step")),
                ("group", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="Step")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("passed", "Approved with an earlier step"),
                            ("returned", "Returned"),
                        ],
                        max_length=20,
                        verbose_name="Decision",
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
                (
                    "in_name_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="In the name of",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="At")),
            ],
            options={
                "verbose_name": "Decision on an approval",
                "verbose_name_plural": "Decisions on approvals",
                "ordering": ["pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["by", "-id"], name="decisions_by"),
                    models.Index(
                        condition=models.Q(("in_name_of__isnull", False)),
                        fields=["in_name_of", "-id"],
                        name="decisions_for",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "position", "group"), name="one_decision_per_seat"),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "passed"), _negated=True),
                        fields=("case", "by"),
                        name="nobody_decides_twice_on_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_name_of", None),
                            models.Q(("in_name_of", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="deputy_is_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="users.approvalcase"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="That of the case, so that an inbox is found by one index.", max_length=60
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("group", models.PositiveSmallIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("director", "Sales director"),
                            ("regional_manager", "Regional manager"),
                            ("salesman", "Salesman"),
                            ("dealer_manager", "Dealer manager"),
                            ("dealer_salesman", "Dealer salesman"),
                            ("planner", "Planner"),
                            ("production_clerk", "Production clerk"),
                            ("stock_keeper", "Stock keeper"),
                            ("finance", "Finance clerk"),
                            ("claims_officer", "Claims officer"),
                            ("technician", "Technician"),
                            ("settlement_clerk", "Settlement clerk"),
                            ("service_station", "Service station clerk"),
                            ("trainer", "Trainer"),
                            ("trainee", "Trainee"),
                            ("system_administrator", "System administrator"),
                            ("security_administrator", "Security administrator"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=40,
                        verbose_name="Role",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("flow", "By the flow"),
                            ("added", "Added as a signer"),
                            ("escalated", "As the superior, because it took too long"),
                            ("vacated", "By the right, because nobody else is left"),
                        ],
                        default="flow",
                        max_length=20,
                        verbose_name="Origin",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Added by",
                    ),
                ),
                ("is_open", models.BooleanField(default=True)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "Seat of an approval",
                "verbose_name_plural": "Seats of approvals",
                "ordering": ["case_id", "position", "group", "pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["person", "case"], name="open_seats_of_person"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True), ("person", None)),
                        fields=["role", "case"],
                        name="open_seats_of_role",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True), ("person", None), ("role", "")),
                        fields=["subject", "case"],
                        name="open_seats_by_right",
                    ),
                    models.Index(fields=["case", "position"], name="seats_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("case", "position", "person"),
                        name="one_seat_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("role", ""), _connector="OR"),
                        name="seat_is_a_persons_or_a_roles",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarEntry",
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
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Place")),
                ("starts_at", models.DateTimeField(verbose_name="Begins at")),
                ("ends_at", models.DateTimeField(verbose_name="Ends at")),
                ("is_all_day", models.BooleanField(default=False, verbose_name="All day")),
                (
                    "repeats",
                    models.CharField(
                        blank=True,
                        choices=[("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")],
                        max_length=10,
                        verbose_name="Repeats",
                    ),
                ),
                ("repeat_interval", models.PositiveSmallIntegerField(default=1, verbose_name="Every")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Weekdays",
                    ),
                ),
                ("repeat_until", models.DateField(blank=True, null=True, verbose_name="Repeats until")),
                (
                    "repeat_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="How many times"),
                ),
                (
                    "exceptions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                ("object_id", models.BigIntegerField(null=True)),
                ("remind_minutes", models.PositiveIntegerField(blank=True, null=True, verbose_name="Remind before")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Entered by",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="Changed at")),
                (
                    "participants",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="Participants"
                    ),
                ),
            ],
            options={
                "verbose_name": "Calendar entry",
                "verbose_name_plural": "Calendar entries",
                "ordering": ["-starts_at", "-pk"],
                "indexes": [
                    models.Index(fields=["owner", "starts_at"], name="users_calen_owner_i_e2eb2b_idx"),
                    models.Index(fields=["unit", "starts_at"], name="users_calen_unit_id_babf37_idx"),
                    models.Index(fields=["content_type", "object_id"], name="entries_of_record"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        name="calendar_entry_has_owner",
                        violation_error_code="owner",
                        violation_error_message="This field is required.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="calendar_entry_ends_after_it_begins",
                        violation_error_code="ends_at",
                        violation_error_message="It would end before it begins. Choose a later end.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("repeats__in", ["", "daily", "weekly", "monthly"])),
                        name="calendar_entry_repeats_as_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("repeat_interval__gte", 1)), name="calendar_entry_interval_counts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("repeat_until", None), ("repeat_count", None), _connector="OR"),
                        name="calendar_entry_ends_by_day_or_count",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Delegation",
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
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Deputy",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Ended at")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Made by",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="Made at")),
            ],
            options={
                "verbose_name": "Delegation",
                "verbose_name_plural": "Delegations",
                "ordering": ["-starts_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["deputy", "ends_on"], name="delegations_to"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        name="delegation_has_owner",
                        violation_error_code="owner",
                        violation_error_message="This field is required.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("deputy")), _negated=True),
                        name="delegation_is_to_somebody_else",
                        violation_error_message="Name somebody else as the deputy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="delegation_ends_after_it_begins",
                        violation_error_code="ends_on",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    core.ranges.NoOverlap(
                        condition=models.Q(("ended_at", None)),
                        expressions=[
                            ("owner", "="),
                            (
                                core.ranges.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_deputy_at_a_time",
                        violation_error_message="There is a deputy for some of these days already. End that first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegationEvent",
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
                        to="users.delegation",
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
                    "deputy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Deputy",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Ended at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntryReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="users.calendarentry"
                    ),
                ),
                ("occurs_on", models.DateField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "occurs_on"), name="one_reminder_per_occurrence")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="User",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="auth.group",
                        verbose_name="Role",
                    ),
                ),
            ],
            options={
                "verbose_name": "Role of a user",
                "verbose_name_plural": "Roles of users",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "group"), name="role_is_held_once")],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                        to="users.membership",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="User",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.group",
                        verbose_name="Role",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                ("title", models.CharField(max_length=200, verbose_name="What is to be done")),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                ("due_on", models.DateField(verbose_name="Due on")),
                ("due_time", models.TimeField(blank=True, null=True, verbose_name="Due at")),
                (
                    "priority",
                    models.CharField(
                        choices=[("high", "High"), ("normal", "Normal"), ("low", "Low")],
                        default="normal",
                        max_length=10,
                        verbose_name="Priority",
                    ),
                ),
                ("remind_at", models.DateTimeField(blank=True, null=True, verbose_name="Remind at")),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                ("object_id", models.BigIntegerField(null=True)),
                ("done_at", models.DateTimeField(null=True, verbose_name="Done at")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Done by",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Given by",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "Task",
                "verbose_name_plural": "Tasks",
                "ordering": ["due_on", "due_time", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["owner", "due_on"], name="open_tasks_of_owner"
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["unit", "due_on"], name="open_tasks_of_unit"
                    ),
                    models.Index(fields=["owner", "-done_at"], name="tasks_of_owner_done"),
                    models.Index(fields=["content_type", "object_id"], name="tasks_of_record"),
                    models.Index(
                        condition=models.Q(("done_at", None), ("remind_at__isnull", False), ("reminded_at", None)),
                        fields=["remind_at"],
                        name="tasks_to_remind",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        name="task_has_owner",
                        violation_error_code="owner",
                        violation_error_message="This field is required.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["high", "normal", "low"])), name="task_priority_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("remind_at__year__gte", 1900), ("remind_at__year__lt", 2199)),
                        name="task_is_reminded_of_in_the_calendar",
                        violation_error_code="remind_at",
                        violation_error_message="The calendar does not show this year.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskEvent",
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
                        to="users.task",
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
                ("due_on", models.DateField(verbose_name="Due on")),
                ("done_at", models.DateTimeField(null=True, verbose_name="Done at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnitEvent",
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
                        to="users.unit",
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
                ("path", models.CharField(editable=False, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
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
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="Name")),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="user",
            name="groups",
            field=models.ManyToManyField(
                blank=True,
                related_name="user_set",
                related_query_name="user",
                through="users.Membership",
                to="auth.group",
                verbose_name="Roles",
            ),
        ),
    ]
