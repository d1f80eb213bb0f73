import core.ranges
import core.search
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_bigrams"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("products", "0001_initial"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dealer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dealer",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="dealers.dealer",
                        verbose_name="First-tier dealer",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("a", "Level A"), ("b", "Level B"), ("c", "Level C")],
                        default="c",
                        max_length=1,
                        verbose_name="Level",
                    ),
                ),
                ("province", models.CharField(blank=True, max_length=40, verbose_name="Province")),
                ("city", models.CharField(max_length=40, verbose_name="City")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prospect", "Prospect"),
                            ("building", "Building the store"),
                            ("trial", "Trial operation"),
                            ("formal", "Formal operation"),
                            ("rectifying", "Rectifying"),
                            ("suspended", "Suspended"),
                            ("exited", "Left the network"),
                        ],
                        default="prospect",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                ("credit_code", models.CharField(blank=True, max_length=18, verbose_name="Unified social credit code")),
                (
                    "credit_limit_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Credit line (yuan)"),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Phone")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Address")),
            ],
            options={
                "verbose_name": "Dealer",
                "verbose_name_plural": "Dealers",
                "ordering": ["code", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="dealer_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="dealer_search_start",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit_limit_amount__gte", 0)),
                        name="credit_line_not_negative",
                        violation_error_code="credit_limit_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["prospect", "building", "trial", "formal", "rectifying", "suspended", "exited"],
                            )
                        ),
                        name="dealer_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="dealer_is_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_entries",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("car", "Car account"),
                            ("rebate", "Rebate account"),
                            ("parts", "Parts account"),
                            ("deposit", "Deposit account"),
                        ],
                        max_length=10,
                        verbose_name="Account",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Receipt"),
                            ("refund", "Refund"),
                            ("invoice", "Invoice"),
                            ("credit_note", "Credit note"),
                            ("written_off", "Written off"),
                            ("rebate", "Rebate taken off"),
                            ("credited", "Rebate credited"),
                            ("consumed", "Rebate consumed"),
                            ("clawed_back", "Rebate clawed back"),
                            ("paid_in", "Paid in"),
                            ("paid_out", "Paid out"),
                            ("correction", "Correction"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("on", models.DateField(verbose_name="Date")),
                ("source_key", models.CharField(max_length=60, unique=True, verbose_name="Source")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="Text")),
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
                "verbose_name": "Account entry",
                "verbose_name_plural": "Account entries",
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["dealer", "account", "on", "id"], include=("amount",), name="entries_of_account"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="account_entry_is_about_money",
                        violation_error_code="amount",
                        violation_error_message="Enter an amount other than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account__in", ["car", "rebate", "parts", "deposit"])),
                        name="account_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Drawn up by",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="Starts on")),
                ("ends_on", models.DateField(verbose_name="Ends on")),
                ("annual_target_count", models.PositiveIntegerField(default=0, verbose_name="Yearly target (cars)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("signed", "Signed"),
                            ("terminated", "Terminated"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "verbose_name": "Authorisation contract",
                "verbose_name_plural": "Authorisation contracts",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="authorisation_ends_after_it_begins",
                        violation_error_code="ends_on",
                        violation_error_message="It would end before it begins. Choose a later end.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted", "signed", "terminated", "expired"])),
                        name="authorisation_status_is_known",
                    ),
                    core.ranges.NoOverlap(
                        condition=models.Q(("status", "signed")),
                        expressions=[
                            ("dealer", "="),
                            (
                                core.ranges.DateRange(
                                    "starts_on", "ends_on", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="signed_authorisations_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorisationEvent",
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
                        to="dealers.authorisation",
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
                            ("signed", "Signed"),
                            ("terminated", "Terminated"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("annual_target_count", models.PositiveIntegerField(default=0, verbose_name="Yearly target (cars)")),
                ("ends_on", models.DateField(verbose_name="Ends on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CreditLineChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_changes",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "former_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Credit line before (yuan)"),
                ),
                (
                    "wanted_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Credit line wanted (yuan)"),
                ),
                ("reason", models.TextField(verbose_name="Reason")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Asked by",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "Credit line change",
                "verbose_name_plural": "Credit line changes",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "submitted")),
                        fields=("dealer",),
                        name="one_open_credit_change_per_dealer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wanted_amount__gte", 0)),
                        name="wanted_credit_line_not_negative",
                        violation_error_code="wanted_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["submitted", "approved", "rejected", "withdrawn"])),
                        name="credit_change_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditLineChangeEvent",
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
                        to="dealers.creditlinechange",
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
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "wanted_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Credit line wanted (yuan)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealerEvent",
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
                        to="dealers.dealer",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("prospect", "Prospect"),
                            ("building", "Building the store"),
                            ("trial", "Trial operation"),
                            ("formal", "Formal operation"),
                            ("rectifying", "Rectifying"),
                            ("suspended", "Suspended"),
                            ("exited", "Left the network"),
                        ],
                        default="prospect",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                (
                    "credit_limit_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Credit line (yuan)"),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("a", "Level A"), ("b", "Level B"), ("c", "Level C")],
                        default="c",
                        max_length=1,
                        verbose_name="Level",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealerPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business_licence", "Business licence"),
                            ("filing", "Filing of the car dealer"),
                            ("bank_permit", "Bank account permit"),
                            ("insurance", "Insurance agency licence"),
                            ("lease", "Lease of the showroom"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="Number")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="Issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="Valid until")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                ("reminded_on", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "Licence paper",
                "verbose_name_plural": "Licence papers",
                "ordering": ["expires_on", "pk"],
                "indexes": [models.Index(fields=["expires_on"], name="dealers_dea_expires_33ea29_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dealer", "kind", "number"),
                        name="dealer_paper_is_entered_once",
                        violation_error_message="This paper of the dealer is entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("issued_on"))),
                        name="dealer_paper_ends_after_it_begins",
                        violation_error_code="expires_on",
                        violation_error_message="The last day lies before the first day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DealerPaperEvent",
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
                        to="dealers.dealerpaper",
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
                ("number", models.CharField(max_length=60, verbose_name="Number")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="Valid until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealerTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("target_count", models.PositiveIntegerField(verbose_name="Target (cars)")),
            ],
            options={
                "verbose_name": "Dealer target",
                "verbose_name_plural": "Dealer targets",
                "ordering": ["-month", "dealer_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dealer", "month"),
                        name="one_target_per_dealer_and_month",
                        violation_error_message="This dealer has a target for that month already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="dealer_target_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DealerTargetEvent",
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
                        to="dealers.dealertarget",
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
                    "dealer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                ("target_count", models.PositiveIntegerField(verbose_name="Target (cars)")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RebatePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, verbose_name="Number")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="Version")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("per_car", "Per car invoiced"),
                            ("attainment", "Attainment of the target"),
                            ("clearance", "Clearance of old stock"),
                            ("subsidy", "Retail subsidy"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        default="month",
                        max_length=10,
                        verbose_name="Settled by",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("wholesale", "Cars invoiced to the dealer"), ("retail", "Cars retailed")],
                        default="wholesale",
                        max_length=10,
                        verbose_name="Measured by",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(verbose_name="Last day")),
                (
                    "amount_per_car",
                    models.DecimalField(decimal_places=2, default=0, max_digits=10, verbose_name="Per car (yuan)"),
                ),
                (
                    "levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("a", "Level A"), ("b", "Level B"), ("c", "Level C")], max_length=1
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Dealer levels",
                    ),
                ),
                ("counts_fleet", models.BooleanField(default=False, verbose_name="Counts fleet sales")),
                (
                    "counts_out_of_area",
                    models.BooleanField(default=False, verbose_name="Counts sales outside the area"),
                ),
                (
                    "dealer_cap_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most per dealer (yuan)"
                    ),
                ),
                (
                    "total_cap_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most in total (yuan)"
                    ),
                ),
                (
                    "claw_back_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=100,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Taken back for a returned car or a false report (%)",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Drawn up by",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("superseded", "Superseded")],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Note")),
                (
                    "settled_until",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="Settled until"),
                ),
                (
                    "series",
                    models.ManyToManyField(blank=True, related_name="+", to="products.series", verbose_name="Series"),
                ),
                (
                    "configurations",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="products.configuration", verbose_name="Configurations"
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(blank=True, related_name="+", to="users.unit", verbose_name="Regions"),
                ),
            ],
            options={
                "verbose_name": "Rebate policy",
                "verbose_name_plural": "Rebate policies",
                "ordering": ["-valid_from", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "version"), name="rebate_policy_version_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draft")),
                        fields=("number",),
                        name="one_draft_version_of_a_rebate_policy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="rebate_policy_ends_later",
                        violation_error_code="valid_until",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_per_car__gte", 0)),
                        name="rebate_per_car_not_negative",
                        violation_error_code="amount_per_car",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dealer_cap_amount__gt", 0)),
                        name="rebate_dealer_cap_is_positive",
                        violation_error_code="dealer_cap_amount",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_cap_amount__gt", 0)),
                        name="rebate_total_cap_is_positive",
                        violation_error_code="total_cap_amount",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claw_back_percent__gte", 0), ("claw_back_percent__lte", 100)),
                        name="rebate_claw_back_is_a_share",
                        violation_error_code="claw_back_percent",
                        violation_error_message="Enter a value from 0 to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published", "superseded"])),
                        name="rebate_policy_status_is_known",
                    ),
                    core.ranges.NoOverlap(
                        condition=models.Q(("status", "published")),
                        expressions=[
                            ("number", "="),
                            (
                                core.ranges.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="published_versions_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RebatePolicyEvent",
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
                        to="dealers.rebatepolicy",
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
                        choices=[("draft", "Draft"), ("published", "Published"), ("superseded", "Superseded")],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(verbose_name="Last day")),
                (
                    "amount_per_car",
                    models.DecimalField(decimal_places=2, default=0, max_digits=10, verbose_name="Per car (yuan)"),
                ),
                (
                    "dealer_cap_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most per dealer (yuan)"
                    ),
                ),
                (
                    "total_cap_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most in total (yuan)"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RebateTier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tiers",
                        to="dealers.rebatepolicy",
                        verbose_name="Rebate policy",
                    ),
                ),
                (
                    "threshold",
                    models.DecimalField(
                        decimal_places=2, max_digits=6, verbose_name="From (% of the target, or days in stock)"
                    ),
                ),
                (
                    "rate_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Share of the invoiced value (%)",
                    ),
                ),
                (
                    "amount_per_car",
                    models.DecimalField(decimal_places=2, default=0, max_digits=10, verbose_name="Per car (yuan)"),
                ),
            ],
            options={
                "verbose_name": "Rebate tier",
                "verbose_name_plural": "Rebate tiers",
                "ordering": ["threshold", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "threshold"), name="one_rebate_tier_per_threshold"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_per_car__gte", 0),
                            ("rate_percent__gte", 0),
                            ("rate_percent__lte", 100),
                            ("threshold__gte", 0),
                        ),
                        name="rebate_tier_gives",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceStation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="station",
                        to="users.unit",
                        verbose_name="Unit",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "station_class",
                    models.CharField(
                        choices=[("a", "Class A"), ("b", "Class B"), ("c", "Class C")],
                        default="b",
                        max_length=1,
                        verbose_name="Class",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=40, verbose_name="City")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Phone")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("suspended", "Suspended"), ("exited", "Left the network")],
                        default="active",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
            ],
            options={
                "verbose_name": "Service station",
                "verbose_name_plural": "Service stations",
                "ordering": ["code", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="station_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="station_search_start",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "suspended", "exited"])),
                        name="station_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceStationEvent",
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
                        to="dealers.servicestation",
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
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("suspended", "Suspended"), ("exited", "Left the network")],
                        default="active",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                (
                    "station_class",
                    models.CharField(
                        choices=[("a", "Class A"), ("b", "Class B"), ("c", "Class C")],
                        default="b",
                        max_length=1,
                        verbose_name="Class",
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
            ],
            options={
                "abstract": False,
            },
        ),
    ]
