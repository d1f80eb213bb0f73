import core.search
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.functions.text
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_bigrams"),
        ("customers", "0001_initial"),
        ("dealers", "0001_initial"),
        ("inventory", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="Part number")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "assembly",
                    models.CharField(
                        choices=[
                            ("engine", "Engine"),
                            ("gearbox", "Gearbox"),
                            ("steering", "Steering"),
                            ("brakes", "Brakes"),
                            ("suspension", "Suspension"),
                            ("driveline", "Driveline"),
                            ("emission", "Emission control"),
                            ("body", "Body"),
                            ("electrics", "Electrics"),
                            ("battery", "Traction battery"),
                            ("motor", "Drive motor"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="Assembly",
                    ),
                ),
                ("price_amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Price (yuan)")),
                (
                    "handling_percent",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("10"), max_digits=5, verbose_name="Handling surcharge (%)"
                    ),
                ),
                ("is_main_part", models.BooleanField(default=False, verbose_name="Main part")),
                ("is_wear_part", models.BooleanField(default=False, verbose_name="Wear part")),
                ("is_special_part", models.BooleanField(default=False, verbose_name="VIN-coded part")),
            ],
            options={
                "verbose_name": "Part",
                "verbose_name_plural": "Parts",
                "ordering": ["number", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="part_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="part_search_start",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gte", 0)),
                        name="part_price_not_negative",
                        violation_error_code="price_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handling_percent__gte", 0)),
                        name="part_handling_not_negative",
                        violation_error_code="handling_percent",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="dealers.servicestation",
                        verbose_name="Service station",
                    ),
                ),
                ("repair_order_number", models.CharField(max_length=40, verbose_name="Repair order of the station")),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("standard", "Standard claim"),
                            ("first_service", "Free first service"),
                            ("preparation", "Preparation of a new car"),
                            ("goodwill", "Goodwill"),
                            ("parts", "Warranty of a part"),
                            ("transport", "Transport damage"),
                        ],
                        default="standard",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("mileage_km", models.PositiveIntegerField(verbose_name="Odometer (km)")),
                ("repaired_on", models.DateField(verbose_name="Repaired on")),
                (
                    "causal_part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="aftersales.part",
                        verbose_name="Causal part",
                    ),
                ),
                ("complaint", models.TextField(verbose_name="Complaint")),
                ("cause", models.TextField(blank=True, verbose_name="Cause")),
                ("correction", models.TextField(blank=True, verbose_name="Correction")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("partially_approved", "Partly approved"),
                            ("rejected", "Rejected"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="Submitted on")),
                (
                    "claimed_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="Claimed (yuan)"),
                ),
                (
                    "approved_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Approved (yuan)"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created at")),
            ],
            options={
                "verbose_name": "Claim",
                "verbose_name_plural": "Claims",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="claim_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="claim_search_start",
                    ),
                    models.Index(fields=["unit", "-id"], name="aftersales__unit_id_c1391d_idx"),
                    models.Index(fields=["vehicle", "repaired_on"], name="aftersales__vehicle_5905cb_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "rejected"), _negated=True),
                        fields=("station", "repair_order_number"),
                        name="one_claim_per_repair_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["draft", "submitted", "returned", "approved", "partially_approved", "rejected"],
                            )
                        ),
                        name="claim_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claimed_amount__gte", 0),
                            models.Q(
                                ("approved_amount", None),
                                models.Q(
                                    ("approved_amount__gte", 0), ("approved_amount__lte", models.F("claimed_amount"))
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="approved_is_between_nothing_and_the_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["approved", "partially_approved"]), _negated=True),
                            ("approved_amount__isnull", False),
                            _connector="OR",
                        ),
                        name="approved_claim_has_its_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimEvent",
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
                        to="aftersales.claim",
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
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("partially_approved", "Partly approved"),
                            ("rejected", "Rejected"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "claimed_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="Claimed (yuan)"),
                ),
                (
                    "approved_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Approved (yuan)"
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
                ("mileage_km", models.PositiveIntegerField(verbose_name="Odometer (km)")),
                ("repaired_on", models.DateField(verbose_name="Repaired on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClaimLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="aftersales.claim",
                        verbose_name="Claim",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("labour", "Labour"), ("part", "Part"), ("other", "Other")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="Code")),
                ("description", models.CharField(max_length=120, verbose_name="Description")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="Quantity")),
                ("unit_amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Unit price (yuan)")),
                (
                    "handling_percent",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=5, verbose_name="Handling surcharge (%)"
                    ),
                ),
                (
                    "standard_hours",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="Standard hours"
                    ),
                ),
                (
                    "amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.math.Round(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("quantity"), "*", models.F("unit_amount")
                                    ),
                                    "*",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(100), "+", models.F("handling_percent")
                                    ),
                                ),
                                "/",
                                models.Value(100),
                            ),
                            precision=2,
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Amount (yuan)"),
                        verbose_name="Amount (yuan)",
                    ),
                ),
                (
                    "approved_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Approved (yuan)"
                    ),
                ),
            ],
            options={
                "verbose_name": "Claim line",
                "verbose_name_plural": "Claim lines",
                "ordering": ["claim_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("handling_percent__gte", 0), ("quantity__gt", 0), ("unit_amount__gte", 0)),
                        name="claim_line_counts_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_amount", None),
                            models.Q(("approved_amount__gte", 0), ("approved_amount__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="approved_line_is_at_most_claimed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimLineEvent",
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
                        to="aftersales.claimline",
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
                    "kind",
                    models.CharField(
                        choices=[("labour", "Labour"), ("part", "Part"), ("other", "Other")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="Code")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="Quantity")),
                ("unit_amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Unit price (yuan)")),
                (
                    "approved_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Approved (yuan)"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LabourOperation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Operation code")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("standard_hours", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="Standard hours")),
            ],
            options={
                "verbose_name": "Labour operation",
                "verbose_name_plural": "Labour operations",
                "ordering": ["code", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="labour_operation_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="labour_operation_search_start",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("standard_hours__gt", 0)),
                        name="standard_hours_are_positive",
                        violation_error_code="standard_hours",
                        violation_error_message="Enter more than zero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LabourOperationEvent",
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
                        to="aftersales.labouroperation",
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
                ("standard_hours", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="Standard hours")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LabourRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "station_class",
                    models.CharField(
                        choices=[("a", "Class A"), ("b", "Class B"), ("c", "Class C")],
                        max_length=1,
                        verbose_name="Station class",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="Amount per hour (yuan)")),
                ("valid_from", models.DateField(verbose_name="Valid from")),
            ],
            options={
                "verbose_name": "Labour rate",
                "verbose_name_plural": "Labour rates",
                "ordering": ["station_class", "-valid_from", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("station_class", "valid_from"), name="one_labour_rate_per_class_and_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="labour_rate_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LabourRateEvent",
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
                        to="aftersales.labourrate",
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
                    "station_class",
                    models.CharField(
                        choices=[("a", "Class A"), ("b", "Class B"), ("c", "Class C")],
                        max_length=1,
                        verbose_name="Station class",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="Amount per hour (yuan)")),
                ("valid_from", models.DateField(verbose_name="Valid from")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PartEvent",
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
                        to="aftersales.part",
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
                ("price_amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Price (yuan)")),
                (
                    "handling_percent",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("10"), max_digits=5, verbose_name="Handling surcharge (%)"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ServiceRequest",
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
                ("caller_name", models.CharField(max_length=50, verbose_name="Caller")),
                ("phone", models.CharField(max_length=20, verbose_name="Phone")),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_requests",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_requests",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                ("complaint", models.TextField(verbose_name="Complaint")),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("closed", "Closed")],
                        default="open",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="Opened at")),
            ],
            options={
                "verbose_name": "Service request",
                "verbose_name_plural": "Service requests",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="service_request_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="service_request_search_start",
                    ),
                    models.Index(fields=["unit", "-id"], name="service_request_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "answered", "closed"])),
                        name="service_request_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answered_request_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRequestEvent",
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
                        to="aftersales.servicerequest",
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
                        choices=[("open", "Open"), ("answered", "Answered"), ("closed", "Closed")],
                        default="open",
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
            ],
            options={
                "abstract": False,
            },
        ),
    ]
