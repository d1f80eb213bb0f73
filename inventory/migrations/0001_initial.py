import core.search
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
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
            name="Warehouse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("factory", "Factory warehouse"), ("dealer", "Dealer's warehouse")],
                        default="factory",
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
                        related_name="warehouses",
                        to="dealers.dealer",
                        verbose_name="Dealer",
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
            ],
            options={
                "verbose_name": "Warehouse",
                "verbose_name_plural": "Warehouses",
                "ordering": ["code", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dealer", None), ("kind", "factory")),
                            models.Q(("dealer__isnull", False), ("kind", "dealer")),
                            _connector="OR",
                        ),
                        name="warehouse_of_dealer_names_him",
                        violation_error_code="dealer",
                        violation_error_message="Name the dealer of a dealer's warehouse; a warehouse of the factory has none.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vehicle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("vin", models.CharField(max_length=17, unique=True, verbose_name="VIN")),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vehicles",
                        to="products.sku",
                        verbose_name="SKU",
                    ),
                ),
                ("engine_number", models.CharField(blank=True, max_length=30, verbose_name="Engine number")),
                ("produced_on", models.DateField(verbose_name="Produced on")),
                ("warehoused_on", models.DateField(blank=True, null=True, verbose_name="Warehoused on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_factory", "Factory stock"),
                            ("in_transit", "In transit"),
                            ("at_dealer", "Dealer stock"),
                            ("retailed", "Retailed"),
                        ],
                        default="in_factory",
                        max_length=20,
                        verbose_name="State",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vehicles",
                        to="inventory.warehouse",
                        verbose_name="Warehouse",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vehicles",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.unit",
                        verbose_name="Held by",
                    ),
                ),
                ("invoiced_on", models.DateField(blank=True, null=True, verbose_name="Invoiced on")),
                ("shipped_on", models.DateField(blank=True, null=True, verbose_name="Shipped on")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="Received on")),
                ("retailed_on", models.DateField(blank=True, null=True, verbose_name="Retailed on")),
                ("sale_block", models.CharField(blank=True, max_length=200, verbose_name="Sale block")),
            ],
            options={
                "verbose_name": "Vehicle",
                "verbose_name_plural": "Vehicles",
                "ordering": ["-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="vehicle_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="vehicle_search_start",
                    ),
                    models.Index(
                        condition=models.Q(("state", "in_factory")),
                        fields=["sku", "produced_on", "id"],
                        name="factory_stock",
                    ),
                    models.Index(fields=["dealer", "state"], name="inventory_v_dealer__a5967b_idx"),
                    models.Index(fields=["unit", "-id"], name="inventory_v_unit_id_bf2897_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vin__regex", "^[0-9A-HJ-NPR-Z]{17}$")), name="vin_has_legal_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("invoiced_on", None),
                                ("received_on", None),
                                ("retailed_on", None),
                                ("shipped_on", None),
                                ("state", "in_factory"),
                            ),
                            models.Q(
                                ("invoiced_on__isnull", False),
                                ("received_on", None),
                                ("retailed_on", None),
                                ("state", "in_transit"),
                            ),
                            models.Q(
                                ("invoiced_on__isnull", False),
                                ("received_on__isnull", False),
                                ("retailed_on", None),
                                ("state", "at_dealer"),
                            ),
                            models.Q(
                                ("invoiced_on__isnull", False), ("retailed_on__isnull", False), ("state", "retailed")
                            ),
                            _connector="OR",
                        ),
                        name="vehicle_dates_match_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="Number")),
                (
                    "vehicle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        choices=[
                            ("factory", "Factory"),
                            ("bank", "Bank"),
                            ("dealer", "Dealer"),
                            ("customer", "Customer"),
                        ],
                        default="factory",
                        max_length=20,
                        verbose_name="Held by",
                    ),
                ),
                ("held_since_on", models.DateField(verbose_name="Held since")),
            ],
            options={
                "verbose_name": "Certificate",
                "verbose_name_plural": "Certificates",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CertificateEvent",
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
                        to="inventory.certificate",
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
                    "holder",
                    models.CharField(
                        choices=[
                            ("factory", "Factory"),
                            ("bank", "Bank"),
                            ("dealer", "Dealer"),
                            ("customer", "Customer"),
                        ],
                        default="factory",
                        max_length=20,
                        verbose_name="Held by",
                    ),
                ),
                ("held_since_on", models.DateField(verbose_name="Held since")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vehicle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="inventory.vehicle",
                        verbose_name="Vehicle",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("produced", "Produced"),
                            ("invoiced", "Invoiced"),
                            ("shipped", "Shipped"),
                            ("received", "Received"),
                            ("retailed", "Retailed"),
                            ("returned", "Returned"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="Date")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Entered at")),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_factory", "Factory stock"),
                            ("in_transit", "In transit"),
                            ("at_dealer", "Dealer stock"),
                            ("retailed", "Retailed"),
                        ],
                        max_length=20,
                        verbose_name="From",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("in_factory", "Factory stock"),
                            ("in_transit", "In transit"),
                            ("at_dealer", "Dealer stock"),
                            ("retailed", "Retailed"),
                        ],
                        max_length=20,
                        verbose_name="To",
                    ),
                ),
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
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
            ],
            options={
                "verbose_name": "Movement",
                "verbose_name_plural": "Movements",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["kind", "on"], name="inventory_m_kind_877780_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "produced")), fields=("vehicle",), name="vehicle_is_produced_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VehicleEvent",
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
                        to="inventory.vehicle",
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
                            ("in_factory", "Factory stock"),
                            ("in_transit", "In transit"),
                            ("at_dealer", "Dealer stock"),
                            ("retailed", "Retailed"),
                        ],
                        default="in_factory",
                        max_length=20,
                        verbose_name="State",
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
                        verbose_name="Held by",
                    ),
                ),
                (
                    "dealer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dealers.dealer",
                        verbose_name="Dealer",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="inventory.warehouse",
                        verbose_name="Warehouse",
                    ),
                ),
                ("sale_block", models.CharField(blank=True, max_length=200, verbose_name="Sale block")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
