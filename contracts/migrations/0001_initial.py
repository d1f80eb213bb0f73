import core.search
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.functions.text
import django.utils.timezone
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
        ("products", "0001_initial"),
        ("users", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quotation",
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
                ("number", models.CharField(max_length=20, verbose_name="Number")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="Version")),
                (
                    "revises",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revision",
                        to="contracts.quotation",
                        verbose_name="Revises",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotations",
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
                        related_name="quotations",
                        to="customers.opportunity",
                        verbose_name="Opportunity",
                    ),
                ),
                ("quoted_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="Quoted on")),
                ("valid_until", models.DateField(verbose_name="Valid until")),
                (
                    "list_amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="At guide prices (yuan)"
                    ),
                ),
                (
                    "total_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Total (yuan)"),
                ),
                (
                    "discount_percent",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(list_amount=0, then=models.Value(0)),
                            default=django.db.models.functions.math.Round(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("list_amount"), "-", models.F("total_amount")
                                        ),
                                        "*",
                                        models.Value(100),
                                    ),
                                    "/",
                                    models.F("list_amount"),
                                ),
                                2,
                            ),
                            output_field=models.DecimalField(decimal_places=2, max_digits=5),
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=5),
                        verbose_name="Discount on the whole (%)",
                    ),
                ),
                (
                    "largest_discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Largest discount (%)"),
                ),
                ("is_below_cost", models.BooleanField(default=False, verbose_name="Below cost")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for approval"),
                            ("returned", "Returned"),
                            ("approved", "Discount approved"),
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("expired", "Expired"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Quotation",
                "verbose_name_plural": "Quotations",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="quotation_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="quotation_search_start",
                    ),
                    models.Index(fields=["owner", "status"], name="contracts_q_owner_i_21eda1_idx"),
                    models.Index(fields=["status", "valid_until"], name="contracts_q_status_079f03_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "version"), name="quotation_version_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "superseded"), _negated=True),
                        fields=("number",),
                        name="one_live_version_of_a_quotation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revises", None), ("version", 1)),
                            models.Q(("revises__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="later_version_revises_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "returned",
                                    "approved",
                                    "sent",
                                    "accepted",
                                    "expired",
                                    "superseded",
                                ],
                            )
                        ),
                        name="quotation_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_amount__gte", 0)),
                        name="quotation_total_not_negative",
                        violation_error_code="total_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_amount__lte", models.F("list_amount"))),
                        name="quotation_not_above_guide_prices",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual_dealer", "Annual dealer contract"),
                            ("key_account_frame", "Key account frame contract"),
                            ("single_sale", "Single sale"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "quotation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract",
                        to="contracts.quotation",
                        verbose_name="Quotation",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("agreed_count", models.PositiveIntegerField(default=0, verbose_name="Agreed cars")),
                (
                    "agreed_amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Agreed amount (yuan)"
                    ),
                ),
                (
                    "deposit_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="At most 20 % of the price: what is above that is no deposit by law (Civil Code, article 586).",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="Deposit (%)",
                    ),
                ),
                ("deposit_days", models.PositiveSmallIntegerField(default=3, verbose_name="Deposit due after (days)")),
                ("payment_days", models.PositiveSmallIntegerField(default=30, verbose_name="Payment term (days)")),
                (
                    "instalment_count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Equal parts of the balance: the first at the end of the payment term, the others a month apart.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="Instalments",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("signed", "Signed"),
                            ("fulfilling", "In fulfilment"),
                            ("completed", "Completed"),
                            ("suspended", "Suspended"),
                            ("terminated", "Terminated"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="Signed on")),
                (
                    "reminded_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="Reminded of renewal on"),
                ),
                ("note", models.TextField(blank=True, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Contract",
                "verbose_name_plural": "Contracts",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="contract_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="contract_search_start",
                    ),
                    models.Index(fields=["dealer", "status"], name="contracts_c_dealer__f547df_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("customer", None), ("dealer__isnull", False)),
                            models.Q(("customer__isnull", False), ("dealer", None)),
                            _connector="OR",
                        ),
                        name="contract_has_one_partner",
                        violation_error_message="Name either the dealer or the customer of the contract.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="contract_ends_after_it_begins",
                        violation_error_code="ends_on",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_amount__gte", 0)),
                        name="contract_amount_not_negative",
                        violation_error_code="agreed_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deposit_percent__gte", 0), ("deposit_percent__lte", 20)),
                        name="deposit_within_the_law",
                        violation_error_code="deposit_percent",
                        violation_error_message="Enter a value from 0 to 20.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("instalment_count__gte", 1), ("instalment_count__lte", 60)),
                        name="contract_has_instalments",
                        violation_error_code="instalment_count",
                        violation_error_message="Enter a value from 1 to 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "signed",
                                    "fulfilling",
                                    "completed",
                                    "suspended",
                                    "terminated",
                                    "void",
                                ],
                            )
                        ),
                        name="contract_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("regular", "Regular order"),
                            ("urgent", "Urgent order"),
                            ("special", "Special order"),
                            ("demo", "Demo or exhibition car"),
                            ("key_account", "Key account order"),
                        ],
                        default="regular",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="contracts.contract",
                        verbose_name="Contract",
                    ),
                ),
                (
                    "buyer_dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="dealers.dealer",
                        verbose_name="Buying dealer",
                    ),
                ),
                (
                    "buyer_customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="direct_orders",
                        to="customers.customer",
                        verbose_name="Key account buying direct",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="customers.customer",
                        verbose_name="End user",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="customers.opportunity",
                        verbose_name="Opportunity",
                    ),
                ),
                (
                    "quotation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="contracts.quotation",
                        verbose_name="Quotation",
                    ),
                ),
                ("ordered_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="Ordered on")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="Approved on")),
                (
                    "total_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Total (yuan)"),
                ),
                (
                    "largest_discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Largest discount (%)"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("held", "Held for money"),
                            ("approved", "Approved"),
                            ("allocated", "Allocated"),
                            ("invoiced", "Invoiced"),
                            ("shipped", "Shipped"),
                            ("received", "Received"),
                            ("retailed", "Retailed"),
                            ("taken_back", "All cars returned"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Order",
                "verbose_name_plural": "Orders",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="order_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="order_search_start",
                    ),
                    models.Index(fields=["owner", "status"], name="contracts_o_owner_i_443b7d_idx"),
                    models.Index(fields=["unit", "-id"], name="contracts_o_unit_id_8e6ec9_idx"),
                    models.Index(fields=["status", "-id"], name="contracts_o_status_885a1c_idx"),
                    models.Index(fields=["approved_on"], name="contracts_o_approve_b4f614_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("buyer_customer", None), ("buyer_dealer__isnull", False)),
                            models.Q(("buyer_customer__isnull", False), ("buyer_dealer", None)),
                            _connector="OR",
                        ),
                        name="order_has_one_buyer",
                        violation_error_message="Name one buyer: the dealer, or the key account that buys without a dealer.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "cancelled"), _negated=True),
                        fields=("quotation",),
                        name="one_live_order_per_quotation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total_amount__gte", 0)),
                        name="order_total_not_negative",
                        violation_error_code="total_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "returned",
                                    "held",
                                    "approved",
                                    "allocated",
                                    "invoiced",
                                    "shipped",
                                    "received",
                                    "retailed",
                                    "taken_back",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="order_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="contracts.order",
                        verbose_name="Order",
                    ),
                ),
                ("carrier", models.CharField(blank=True, max_length=80, verbose_name="Carrier")),
                ("shipped_on", models.DateField(verbose_name="Shipped on")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="Received on")),
            ],
            options={
                "verbose_name": "Delivery",
                "verbose_name_plural": "Deliveries",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="Cars")),
                (
                    "unit_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Unit price (yuan)"),
                ),
                (
                    "retail_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Retail price (yuan)"),
                ),
                ("price_steps", models.JSONField(default=list, editable=False)),
                (
                    "amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("quantity"), "*", models.F("unit_price_amount")
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)"),
                        verbose_name="Amount (yuan)",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="contracts.order",
                        verbose_name="Order",
                    ),
                ),
                ("returned_count", models.PositiveIntegerField(default=0, verbose_name="Cars returned")),
            ],
            options={
                "verbose_name": "Order line",
                "verbose_name_plural": "Order lines",
                "ordering": ["order_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", models.F("returned_count"))),
                        name="order_line_returns_what_it_had",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retail_price_amount__gte", 0), ("unit_price_amount__gte", 0)),
                        name="order_prices_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="contracts.orderline",
                        verbose_name="Order line",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("reserved", "Reserved"),
                            ("invoiced", "Invoiced"),
                            ("shipped", "Shipped"),
                            ("received", "Received"),
                            ("retailed", "Retailed"),
                            ("cancelled", "Cancelled"),
                            ("returned", "Returned"),
                        ],
                        default="reserved",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="contracts.delivery",
                        verbose_name="Delivery",
                    ),
                ),
                ("reserved_until", models.DateField(blank=True, null=True, verbose_name="Reserved until")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("damage", models.CharField(blank=True, max_length=200, verbose_name="Transport damage")),
                (
                    "allocated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Allocated by",
                    ),
                ),
                ("allocated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Allocated at")),
            ],
            options={
                "verbose_name": "Allocation",
                "verbose_name_plural": "Allocations",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["order_line", "status"], name="contracts_a_order_l_d61d84_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["reserved", "invoiced", "shipped", "received", "retailed"])),
                        fields=("vehicle",),
                        name="one_live_allocation_per_vehicle",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["reserved", "invoiced", "shipped", "received", "retailed", "cancelled", "returned"],
                            )
                        ),
                        name="allocation_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationEvent",
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
                        to="contracts.allocation",
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
                            ("reserved", "Reserved"),
                            ("invoiced", "Invoiced"),
                            ("shipped", "Shipped"),
                            ("received", "Received"),
                            ("retailed", "Retailed"),
                            ("cancelled", "Cancelled"),
                            ("returned", "Returned"),
                        ],
                        default="reserved",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.orderline",
                        verbose_name="Order line",
                    ),
                ),
                ("reserved_until", models.DateField(blank=True, null=True, verbose_name="Reserved until")),
                ("damage", models.CharField(blank=True, max_length=200, verbose_name="Transport damage")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AllocationProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("applied", "Taken over"), ("dropped", "Dropped")],
                        default="proposed",
                        max_length=10,
                        verbose_name="Status",
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
                        verbose_name="Series",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="contracts.order",
                        verbose_name="Order",
                    ),
                ),
                ("open_count", models.PositiveIntegerField(default=0, verbose_name="Cars needed")),
                ("proposed_count", models.PositiveIntegerField(default=0, verbose_name="Cars proposed")),
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
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Made at")),
            ],
            options={
                "verbose_name": "Allocation proposal",
                "verbose_name_plural": "Allocation proposals",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["proposed", "applied", "dropped"])),
                        name="allocation_proposal_status_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractAmendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="contracts.contract",
                        verbose_name="Contract",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                (
                    "status",
                    models.CharField(
                        choices=[("submitted", "Submitted"), ("approved", "Approved"), ("rejected", "Rejected")],
                        default="submitted",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
                ("former_ends_on", models.DateField(verbose_name="Last day before")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("former_agreed_count", models.PositiveIntegerField(verbose_name="Agreed cars before")),
                ("agreed_count", models.PositiveIntegerField(verbose_name="Agreed cars")),
                (
                    "former_agreed_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Agreed amount before (yuan)"),
                ),
                (
                    "agreed_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Agreed amount (yuan)"),
                ),
                ("former_payment_days", models.PositiveSmallIntegerField(verbose_name="Payment term before (days)")),
                ("payment_days", models.PositiveSmallIntegerField(verbose_name="Payment term (days)")),
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
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Made at")),
            ],
            options={
                "verbose_name": "Contract amendment",
                "verbose_name_plural": "Contract amendments",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "version"), name="contract_amendment_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "submitted")),
                        fields=("contract",),
                        name="one_amendment_of_a_contract_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["submitted", "approved", "rejected"])),
                        name="amendment_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_amount__gte", 0)),
                        name="amended_amount_not_negative",
                        violation_error_code="agreed_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractAmendmentEvent",
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
                        to="contracts.contractamendment",
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
                        choices=[("submitted", "Submitted"), ("approved", "Approved"), ("rejected", "Rejected")],
                        default="submitted",
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
            name="ContractEvent",
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
                        to="contracts.contract",
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
                            ("fulfilling", "In fulfilment"),
                            ("completed", "Completed"),
                            ("suspended", "Suspended"),
                            ("terminated", "Terminated"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "agreed_amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Agreed amount (yuan)"
                    ),
                ),
                ("agreed_count", models.PositiveIntegerField(default=0, verbose_name="Agreed cars")),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
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
        migrations.CreateModel(
            name="ContractSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seals",
                        to="contracts.contract",
                        verbose_name="Contract",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                ("purpose", models.CharField(max_length=200, verbose_name="Sealed for")),
                (
                    "sealed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Sealed by",
                    ),
                ),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Sealed at")),
                ("gateway", models.CharField(max_length=40, verbose_name="Sealed through")),
                ("sha256", models.CharField(max_length=64, verbose_name="Digest (SHA-256)")),
                ("file", models.FileField(max_length=200, upload_to="seals")),
            ],
            options={
                "verbose_name": "Sealed contract",
                "verbose_name_plural": "Sealed contracts",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "version"), name="contract_version_sealed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DiscountLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
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
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Discount limit (%)",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
            ],
            options={
                "verbose_name": "Discount limit",
                "verbose_name_plural": "Discount limits",
                "ordering": ["role", "-valid_from", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("role", "valid_from"),
                        name="one_discount_limit_per_role_and_day",
                        violation_error_message="This role has a limit from that day already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="discount_limit_is_a_percentage",
                        violation_error_code="percent",
                        violation_error_message="Enter a value from 0 to 100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiscountLimitEvent",
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
                        to="contracts.discountlimit",
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
                    "role",
                    models.CharField(
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
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Discount limit (%)",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Receivable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivable",
                        to="contracts.order",
                        verbose_name="Order",
                    ),
                ),
                (
                    "buyer_dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivables",
                        to="dealers.dealer",
                        verbose_name="Buying dealer",
                    ),
                ),
                (
                    "buyer_customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivables",
                        to="customers.customer",
                        verbose_name="Key account buying direct",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                (
                    "received_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Received (yuan)"),
                ),
                (
                    "outstanding_amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("amount"), "-", models.F("received_amount")
                        ),
                        output_field=models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="Outstanding (yuan)"
                        ),
                        verbose_name="Outstanding (yuan)",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="Opened on")),
                ("due_on", models.DateField(verbose_name="Due on")),
            ],
            options={
                "verbose_name": "Receivable",
                "verbose_name_plural": "Receivables",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outstanding_amount__gt", 0)),
                        fields=["due_on"],
                        name="receivable_open_by_due_day",
                    ),
                    models.Index(fields=["unit", "-id"], name="contracts_r_unit_id_f21ec6_idx"),
                    models.Index(
                        condition=models.Q(("outstanding_amount__gt", 0)),
                        fields=["buyer_dealer", "opened_on"],
                        name="open_of_dealer",
                    ),
                    models.Index(
                        condition=models.Q(("outstanding_amount__gt", 0)),
                        fields=["buyer_customer", "opened_on"],
                        name="open_of_customer",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received_amount__gte", 0), ("received_amount__lte", models.F("amount"))),
                        name="received_is_between_nothing_and_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("buyer_customer", None), ("buyer_dealer__isnull", False)),
                            models.Q(("buyer_customer__isnull", False), ("buyer_dealer", None)),
                            _connector="OR",
                        ),
                        name="receivable_has_one_debtor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instalments",
                        to="contracts.receivable",
                        verbose_name="Receivable",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("deposit", "Deposit"), ("balance", "Balance"), ("instalment", "Instalment")],
                        max_length=12,
                        verbose_name="Kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                (
                    "through_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Due in all until then (yuan)"),
                ),
                ("due_on", models.DateField(verbose_name="Due on")),
                ("told_days", models.SmallIntegerField(blank=True, null=True, verbose_name="Reminded at (days late)")),
            ],
            options={
                "verbose_name": "Instalment",
                "verbose_name_plural": "Instalments",
                "ordering": ["receivable_id", "number", "pk"],
                "indexes": [models.Index(fields=["due_on"], name="contracts_i_due_on_7197a9_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("receivable", "number"), name="instalment_number_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="instalment_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("through_amount__gte", models.F("amount"))), name="instalments_add_up"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalmentEvent",
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
                        to="contracts.instalment",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("due_on", models.DateField(verbose_name="Due on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="contracts.order",
                        verbose_name="Order",
                    ),
                ),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="contracts.allocation",
                        verbose_name="Allocation",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Amount (yuan)")),
                ("invoiced_on", models.DateField(verbose_name="Invoiced on")),
            ],
            options={
                "verbose_name": "Invoice",
                "verbose_name_plural": "Invoices",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["invoiced_on"], name="contracts_i_invoice_8c58f4_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("amount__gt", 0)), fields=("allocation",), name="one_invoice_per_allocation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="invoice_is_about_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderEvent",
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
                        to="contracts.order",
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
                            ("held", "Held for money"),
                            ("approved", "Approved"),
                            ("allocated", "Allocated"),
                            ("invoiced", "Invoiced"),
                            ("shipped", "Shipped"),
                            ("received", "Received"),
                            ("retailed", "Retailed"),
                            ("taken_back", "All cars returned"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "total_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Total (yuan)"),
                ),
                (
                    "largest_discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Largest discount (%)"),
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
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.contract",
                        verbose_name="Contract",
                    ),
                ),
                (
                    "buyer_dealer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dealers.dealer",
                        verbose_name="Buying dealer",
                    ),
                ),
                (
                    "buyer_customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="customers.customer",
                        verbose_name="Key account buying direct",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrderLineEvent",
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
                        to="contracts.orderline",
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
                ("quantity", models.PositiveIntegerField(verbose_name="Cars")),
                (
                    "unit_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Unit price (yuan)"),
                ),
                (
                    "retail_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Retail price (yuan)"),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("returned_count", models.PositiveIntegerField(default=0, verbose_name="Cars returned")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrderVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="contracts.order",
                        verbose_name="Order",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("superseded", "Superseded"),
                            ("rejected", "Rejected"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("total_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Total (yuan)")),
                (
                    "largest_discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Largest discount (%)"),
                ),
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
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Made at")),
            ],
            options={
                "verbose_name": "Order version",
                "verbose_name_plural": "Order versions",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "version"), name="order_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "submitted")),
                        fields=("order",),
                        name="one_change_of_an_order_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["submitted", "approved", "superseded", "rejected"])),
                        name="order_version_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderVersionEvent",
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
                        to="contracts.orderversion",
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
                            ("superseded", "Superseded"),
                            ("rejected", "Rejected"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("total_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Total (yuan)")),
                (
                    "largest_discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Largest discount (%)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrderVersionLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="Cars")),
                (
                    "unit_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Unit price (yuan)"),
                ),
                (
                    "retail_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Retail price (yuan)"),
                ),
                ("price_steps", models.JSONField(default=list, editable=False)),
                (
                    "amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("quantity"), "*", models.F("unit_price_amount")
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)"),
                        verbose_name="Amount (yuan)",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="contracts.orderversion",
                        verbose_name="Order version",
                    ),
                ),
            ],
            options={
                "verbose_name": "Line of an order version",
                "verbose_name_plural": "Lines of an order version",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quotation", "Quotation"),
                            ("annual_dealer", "Annual dealer contract"),
                            ("key_account_frame", "Key account frame contract"),
                            ("single_sale", "Single sale"),
                            ("order", "Order"),
                        ],
                        max_length=20,
                        verbose_name="Paper",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                (
                    "text",
                    models.TextField(
                        help_text="One term in each line; their numbers are printed before them.", verbose_name="Terms"
                    ),
                ),
            ],
            options={
                "verbose_name": "Terms of a paper",
                "verbose_name_plural": "Terms of papers",
                "ordering": ["kind", "-valid_from", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "valid_from"),
                        name="one_text_of_terms_per_paper_and_day",
                        violation_error_message="This paper has terms from that day already. Choose another day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["quotation", "annual_dealer", "key_account_frame", "single_sale", "order"])
                        ),
                        name="paper_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperTermsEvent",
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
                        to="contracts.paperterms",
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
                        choices=[
                            ("quotation", "Quotation"),
                            ("annual_dealer", "Annual dealer contract"),
                            ("key_account_frame", "Key account frame contract"),
                            ("single_sale", "Single sale"),
                            ("order", "Order"),
                        ],
                        max_length=20,
                        verbose_name="Paper",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="One term in each line; their numbers are printed before them.", verbose_name="Terms"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("region", "Region price"),
                            ("level", "Dealer level price"),
                            ("promotion", "Promotion"),
                            ("surcharge", "Urgent surcharge"),
                        ],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                (
                    "price_kind",
                    models.CharField(
                        choices=[("wholesale", "Wholesale price"), ("guide", "Guide price")],
                        default="wholesale",
                        max_length=10,
                        verbose_name="Price",
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
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Region",
                    ),
                ),
                (
                    "dealer_level",
                    models.CharField(
                        blank=True,
                        choices=[("a", "Level A"), ("b", "Level B"), ("c", "Level C")],
                        max_length=1,
                        verbose_name="Dealer level",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="Last day")),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Percent",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Yuan per car"
                    ),
                ),
                ("is_combinable", models.BooleanField(default=True, verbose_name="Combinable")),
            ],
            options={
                "verbose_name": "Price condition",
                "verbose_name_plural": "Price conditions",
                "ordering": ["-valid_from", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount", None), ("percent__gt", 0), ("percent__isnull", False), ("percent__lte", 100)
                            ),
                            models.Q(("amount__gt", 0), ("amount__isnull", False), ("percent", None)),
                            _connector="OR",
                        ),
                        name="condition_is_in_percent_or_yuan",
                        violation_error_message="Enter either percent or yuan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "region"), _negated=True), ("region__isnull", False), _connector="OR"
                        ),
                        name="region_price_names_its_region",
                        violation_error_message="Name the region of a region price.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "level"), _negated=True),
                            models.Q(("dealer_level", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="level_price_names_its_level",
                        violation_error_message="Name the dealer level of a level price.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("series", None), ("configuration", None), _connector="OR"),
                        name="condition_is_for_series_or_configuration",
                        violation_error_message="Choose a series or a configuration, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="condition_ends_after_it_begins",
                        violation_error_code="valid_until",
                        violation_error_message="The last day lies before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["region", "level", "promotion", "surcharge"]),
                            ("price_kind__in", ["wholesale", "guide"]),
                        ),
                        name="condition_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceConditionEvent",
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
                        to="contracts.pricecondition",
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
                        choices=[
                            ("region", "Region price"),
                            ("level", "Dealer level price"),
                            ("promotion", "Promotion"),
                            ("surcharge", "Urgent surcharge"),
                        ],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "price_kind",
                    models.CharField(
                        choices=[("wholesale", "Wholesale price"), ("guide", "Guide price")],
                        default="wholesale",
                        max_length=10,
                        verbose_name="Price",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="users.unit",
                        verbose_name="Region",
                    ),
                ),
                (
                    "dealer_level",
                    models.CharField(
                        blank=True,
                        choices=[("a", "Level A"), ("b", "Level B"), ("c", "Level C")],
                        max_length=1,
                        verbose_name="Dealer level",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Percent",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Yuan per car"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="First day")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="Last day")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProposedCar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cars",
                        to="contracts.allocationproposal",
                        verbose_name="Allocation proposal",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contracts.orderline",
                        verbose_name="Order line",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="Position")),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("changed", "Changed by hand"),
                            ("left_out", "Left out"),
                            ("allocated", "Allocated"),
                            ("lapsed", "No longer possible"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="Outcome",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Proposed car",
                "verbose_name_plural": "Proposed cars",
                "ordering": ["position", "pk"],
                "indexes": [models.Index(fields=["proposal", "position"], name="contracts_p_proposa_477856_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome__in", ["proposed", "changed", "allocated"])),
                        fields=("proposal", "vehicle"),
                        name="car_is_proposed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["proposed", "changed", "left_out", "allocated", "lapsed"])),
                        name="proposed_car_outcome_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotationEvent",
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
                        to="contracts.quotation",
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
                            ("submitted", "Waiting for approval"),
                            ("returned", "Returned"),
                            ("approved", "Discount approved"),
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("expired", "Expired"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "total_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Total (yuan)"),
                ),
                (
                    "largest_discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Largest discount (%)"),
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
        migrations.CreateModel(
            name="QuotationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "quotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="contracts.quotation",
                        verbose_name="Quotation",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="Cars")),
                (
                    "list_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Guide price (yuan)"),
                ),
                (
                    "discount_percent",
                    models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="Discount (%)"),
                ),
                (
                    "unit_price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Unit price (yuan)"),
                ),
                (
                    "amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("quantity"), "*", models.F("unit_price_amount")
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)"),
                        verbose_name="Amount (yuan)",
                    ),
                ),
            ],
            options={
                "verbose_name": "Quotation line",
                "verbose_name_plural": "Quotation lines",
                "ordering": ["quotation_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="quotation_line_has_cars",
                        violation_error_code="quantity",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_price_amount__gte", 0), ("unit_price_amount__lte", models.F("list_price_amount"))
                        ),
                        name="quotation_price_within_guide_price",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discount_percent__gte", 0), ("discount_percent__lte", 100)),
                        name="quotation_discount_is_percentage",
                        violation_error_code="discount_percent",
                        violation_error_message="Enter a value from 0 to 100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RebateAccrual",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="dealers.rebatepolicy",
                        verbose_name="Rebate policy",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebates",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("earned", "Earned"), ("clawed_back", "Clawed back")],
                        default="earned",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="First day")),
                ("ends_on", models.DateField(verbose_name="Last day")),
                ("month", models.DateField(verbose_name="Month of the run")),
                ("car_count", models.IntegerField(verbose_name="Cars")),
                (
                    "value_amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="Invoiced value (yuan)"),
                ),
                ("counted_count", models.IntegerField(null=True, verbose_name="Cars by the target")),
                ("target_count", models.IntegerField(null=True, verbose_name="Target (cars)")),
                (
                    "computed_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="By the rule (yuan)"),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("accrued", "Accrued"),
                            ("reviewed", "Reviewed"),
                            ("credited", "Credited"),
                            ("rejected", "Rejected"),
                            ("nothing", "Nothing to pay"),
                        ],
                        default="accrued",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Reviewed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "Rebate accrual",
                "verbose_name_plural": "Rebate accruals",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["policy", "dealer", "starts_on"], name="contracts_r_policy__d349c0_idx"),
                    models.Index(fields=["dealer", "-id"], name="contracts_r_dealer__229175_idx"),
                    models.Index(fields=["month", "status"], name="contracts_r_month_761ee1_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 0), ("kind", "earned")),
                            models.Q(("amount__lte", 0), ("kind", "clawed_back")),
                            _connector="OR",
                        ),
                        name="rebate_is_earned_or_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="rebate_month_is_its_first_day",
                        violation_error_code="month",
                        violation_error_message="Enter a month such as 2026-11.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["accrued", "reviewed", "credited", "rejected"]),
                            models.Q(("amount", 0), ("status", "nothing")),
                            _connector="OR",
                        ),
                        name="rebate_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RebateAccrualEvent",
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
                        to="contracts.rebateaccrual",
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
                            ("accrued", "Accrued"),
                            ("reviewed", "Reviewed"),
                            ("credited", "Credited"),
                            ("rejected", "Rejected"),
                            ("nothing", "Nothing to pay"),
                        ],
                        default="accrued",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Retail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retails",
                        to="contracts.allocation",
                        verbose_name="Allocation",
                    ),
                ),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retails",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retails",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlet_retails",
                        to="dealers.dealer",
                        verbose_name="Selling outlet",
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
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retails",
                        to="customers.customer",
                        verbose_name="Customer",
                    ),
                ),
                (
                    "sold_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retails",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Sold by",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Owner of the order",
                    ),
                ),
                ("retailed_on", models.DateField(verbose_name="Retailed on")),
                ("delivered_on", models.DateField(verbose_name="Delivered on")),
                ("warranty_starts_on", models.DateField(verbose_name="Warranty starts on")),
                (
                    "price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Retail price (yuan)"),
                ),
                ("quantity", models.SmallIntegerField(default=1, verbose_name="Cars")),
                (
                    "usage_kind",
                    models.CharField(
                        choices=[
                            ("household", "Household"),
                            ("taxi", "Taxi"),
                            ("government", "Government"),
                            ("company", "Company"),
                        ],
                        default="household",
                        max_length=20,
                        verbose_name="Use",
                    ),
                ),
                (
                    "verification",
                    models.CharField(
                        choices=[("to_verify", "To be verified"), ("genuine", "Genuine"), ("false", "False report")],
                        default="to_verify",
                        max_length=20,
                        verbose_name="Verification",
                    ),
                ),
                ("is_out_of_area", models.BooleanField(default=False, verbose_name="Sold outside the area")),
                ("is_fleet", models.BooleanField(default=False, verbose_name="Fleet sale")),
                (
                    "stays_reported",
                    models.BooleanField(default=False, editable=False, verbose_name="Stays in the month reported"),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="contracts.retail",
                        verbose_name="Takes back",
                    ),
                ),
                ("taken_back_on", models.DateField(blank=True, null=True, verbose_name="Taken back on")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
            ],
            options={
                "verbose_name": "Retail sale",
                "verbose_name_plural": "Retail sales",
                "ordering": ["-retailed_on", "-pk"],
                "indexes": [
                    models.Index(fields=["retailed_on"], name="contracts_r_retaile_f899c2_idx"),
                    models.Index(fields=["dealer", "retailed_on"], name="contracts_r_dealer__c0e70d_idx"),
                    models.Index(fields=["unit", "-id"], name="contracts_r_unit_id_a88098_idx"),
                    models.Index(fields=["sold_by", "retailed_on"], name="contracts_r_sold_by_3f9f73_idx"),
                    models.Index(fields=["ordered_by", "retailed_on"], name="contracts_r_ordered_47ec3b_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("quantity", 1), ("taken_back_on", None)),
                        fields=("allocation",),
                        name="one_retail_per_allocation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quantity", 1), ("reverses", None)),
                            models.Q(("quantity", -1), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="retail_counts_one_car",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gt", 0)),
                        name="retail_price_is_positive",
                        violation_error_code="price_amount",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verification__in", ["to_verify", "genuine", "false"])),
                        name="retail_verification_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RebateBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "accrual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="basis",
                        to="contracts.rebateaccrual",
                        verbose_name="Rebate accrual",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebate_basis",
                        to="contracts.invoice",
                        verbose_name="Invoice",
                    ),
                ),
                (
                    "retail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebate_basis",
                        to="contracts.retail",
                        verbose_name="Retail sale",
                    ),
                ),
                ("car_count", models.SmallIntegerField(verbose_name="Cars")),
                ("value_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Value (yuan)")),
            ],
            options={
                "verbose_name": "Rebate basis",
                "verbose_name_plural": "Rebate basis",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("invoice__isnull", False), ("retail", None)),
                            models.Q(("invoice", None), ("retail__isnull", False)),
                            _connector="OR",
                        ),
                        name="rebate_basis_is_one_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("car_count__in", [1, -1])), name="rebate_basis_counts_one_car"
                    ),
                    models.UniqueConstraint(fields=("accrual", "invoice"), name="one_basis_per_accrual_and_invoice"),
                    models.UniqueConstraint(fields=("accrual", "retail"), name="one_basis_per_accrual_and_retail"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RebateUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebate_use",
                        to="contracts.invoice",
                        verbose_name="Invoice",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
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
                "verbose_name": "Rebate used",
                "verbose_name_plural": "Rebates used",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="rebate_use_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "payer_dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="dealers.dealer",
                        verbose_name="Paying dealer",
                    ),
                ),
                (
                    "payer_customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="customers.customer",
                        verbose_name="Paying key account",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                (
                    "used_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Used (yuan)"),
                ),
                (
                    "prepaid_amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("amount"), "-", models.F("used_amount")
                        ),
                        output_field=models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="Prepayment left (yuan)"
                        ),
                        verbose_name="Prepayment left (yuan)",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="Received on")),
                (
                    "method",
                    models.CharField(
                        choices=[("transfer", "Bank transfer"), ("acceptance", "Bank acceptance"), ("cash", "Cash")],
                        default="transfer",
                        max_length=20,
                        verbose_name="Method",
                    ),
                ),
                ("reference", models.CharField(max_length=60, unique=True, verbose_name="Bank reference")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "Receipt",
                "verbose_name_plural": "Receipts",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["received_on"], name="contracts_r_receive_4f01af_idx"),
                    models.Index(fields=["unit", "-id"], name="contracts_r_unit_id_3b04a8_idx"),
                    models.Index(fields=["payer_dealer", "received_on"], name="contracts_r_payer_d_55e9c6_idx"),
                    models.Index(fields=["payer_customer", "received_on"], name="contracts_r_payer_c_999618_idx"),
                    models.Index(
                        condition=models.Q(("prepaid_amount__gt", 0)), fields=["payer_dealer"], name="prepaid_by_dealer"
                    ),
                    models.Index(
                        condition=models.Q(("prepaid_amount__gt", 0)),
                        fields=["payer_customer"],
                        name="prepaid_by_customer",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="receipt_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_amount__gte", 0), ("used_amount__lte", models.F("amount"))),
                        name="used_is_between_nothing_and_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("payer_customer", None), ("payer_dealer__isnull", False)),
                            models.Q(("payer_customer__isnull", False), ("payer_dealer", None)),
                            _connector="OR",
                        ),
                        name="receipt_has_one_payer",
                        violation_error_message="Name one payer: the dealer or the key account.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivableEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="contracts.receivable",
                        verbose_name="Receivable",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Order approved"),
                            ("changed", "Order changed"),
                            ("cancelled", "Order cancelled"),
                            ("returned", "Cars returned"),
                            ("rebate", "Rebate taken off"),
                            ("written_off", "Written off"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("on", models.DateField(verbose_name="Date")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
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
                "verbose_name": "Receivable entry",
                "verbose_name_plural": "Receivable entries",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["opened", "cancelled"])),
                        fields=("receivable", "kind"),
                        name="receivable_opened_and_cancelled_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="receivable_entry_is_about_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivableEvent",
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
                        to="contracts.receivable",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                (
                    "received_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Received (yuan)"),
                ),
                ("due_on", models.DateField(verbose_name="Due on")),
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
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="contracts.receipt",
                        verbose_name="Receipt",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("refunded_on", models.DateField(verbose_name="Refunded on")),
                ("reference", models.CharField(max_length=60, unique=True, verbose_name="Bank reference")),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "Refund",
                "verbose_name_plural": "Refunds",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["refunded_on"], name="contracts_r_refunde_09a26f_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="refund_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetailEvent",
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
                        to="contracts.retail",
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
                    "verification",
                    models.CharField(
                        choices=[("to_verify", "To be verified"), ("genuine", "Genuine"), ("false", "False report")],
                        default="to_verify",
                        max_length=20,
                        verbose_name="Verification",
                    ),
                ),
                ("quantity", models.SmallIntegerField(default=1, verbose_name="Cars")),
                (
                    "price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Retail price (yuan)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="contracts.receipt",
                        verbose_name="Receipt",
                    ),
                ),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="contracts.receivable",
                        verbose_name="Receivable",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Amount (yuan)")),
                ("on", models.DateField(verbose_name="Date")),
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
                "verbose_name": "Settlement",
                "verbose_name_plural": "Settlements",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["on"], name="contracts_s_on_8a3b5e_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="settlement_is_about_money"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShortLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="short_lines",
                        to="contracts.allocationproposal",
                        verbose_name="Allocation proposal",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contracts.orderline",
                        verbose_name="Order line",
                    ),
                ),
                ("open_count", models.PositiveIntegerField(verbose_name="Cars needed")),
                ("proposed_count", models.PositiveIntegerField(verbose_name="Cars proposed")),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
            ],
            options={
                "verbose_name": "Line that stays short",
                "verbose_name_plural": "Lines that stay short",
                "ordering": ["pk"],
            },
        ),
    ]
