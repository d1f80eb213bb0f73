import core.ranges
import core.search
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_bigrams"),
        ("core", "0002_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=40, verbose_name="Name")),
            ],
            options={
                "verbose_name": "Brand",
                "verbose_name_plural": "Brands",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Colour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=30, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("exterior", "Exterior"), ("interior", "Interior")], max_length=10, verbose_name="Kind"
                    ),
                ),
            ],
            options={
                "verbose_name": "Colour",
                "verbose_name_plural": "Colours",
                "ordering": ["kind", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to="products.brand",
                        verbose_name="Brand",
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=40, verbose_name="Name")),
                ("body", models.CharField(blank=True, max_length=40, verbose_name="Body")),
                ("launched_on", models.DateField(blank=True, null=True, verbose_name="Launched on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Ended on")),
                (
                    "main_picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.attachment",
                        verbose_name="Main picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "Series",
                "verbose_name_plural": "Series",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CompetitorModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("maker", models.CharField(max_length=60, verbose_name="Maker")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                (
                    "guide_price_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Guide price (yuan)"
                    ),
                ),
                (
                    "rival_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rivals",
                        to="products.series",
                        verbose_name="Rival of",
                    ),
                ),
            ],
            options={
                "verbose_name": "Competitor model",
                "verbose_name_plural": "Competitor models",
                "ordering": ["maker", "name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("maker", "name"), name="unique_competitor_model")],
            },
        ),
        migrations.CreateModel(
            name="VehicleModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="models",
                        to="products.series",
                        verbose_name="Series",
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="Announcement model")),
                ("sales_name", models.CharField(max_length=60, verbose_name="Sales name")),
                ("launched_on", models.DateField(blank=True, null=True, verbose_name="Launched on")),
                ("end_of_sale_on", models.DateField(blank=True, null=True, verbose_name="End of sale")),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="products.vehiclemodel",
                        verbose_name="Predecessor",
                    ),
                ),
                (
                    "main_picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.attachment",
                        verbose_name="Main picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "Model",
                "verbose_name_plural": "Models",
                "ordering": ["code", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Configuration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vehicle_model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="configurations",
                        to="products.vehiclemodel",
                        verbose_name="Model",
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="Code")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("model_year", models.PositiveSmallIntegerField(verbose_name="Model year")),
                ("engine", models.CharField(blank=True, max_length=40, verbose_name="Engine")),
                ("gearbox", models.CharField(blank=True, max_length=40, verbose_name="Gearbox")),
                ("emission_standard", models.CharField(blank=True, max_length=20, verbose_name="Emission standard")),
                ("launched_on", models.DateField(blank=True, null=True, verbose_name="Launched on")),
                ("end_of_sale_on", models.DateField(blank=True, null=True, verbose_name="End of sale")),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="products.configuration",
                        verbose_name="Predecessor",
                    ),
                ),
            ],
            options={
                "verbose_name": "Configuration",
                "verbose_name_plural": "Configurations",
                "ordering": ["vehicle_model__code", "-model_year", "code", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("vehicle_model", "model_year", "code"), name="unique_configuration")
                ],
            },
        ),
        migrations.CreateModel(
            name="Feature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("dimensions", "Dimensions and weight"),
                            ("engine", "Engine and gearbox"),
                            ("chassis", "Chassis"),
                            ("safety", "Safety"),
                            ("comfort", "Comfort"),
                            ("exterior", "Exterior"),
                        ],
                        max_length=20,
                        verbose_name="Group",
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Name")),
                ("measure", models.CharField(blank=True, max_length=20, verbose_name="Unit of measure")),
                (
                    "kind",
                    models.CharField(
                        choices=[("measure", "Measure or text"), ("equipment", "Equipment")],
                        default="measure",
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="Position")),
            ],
            options={
                "verbose_name": "Feature",
                "verbose_name_plural": "Features",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FeatureValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "feature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="products.feature",
                        verbose_name="Feature",
                    ),
                ),
                (
                    "configuration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feature_values",
                        to="products.configuration",
                    ),
                ),
                (
                    "competitor_model",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feature_values",
                        to="products.competitormodel",
                    ),
                ),
                (
                    "availability",
                    models.CharField(
                        blank=True,
                        choices=[("standard", "● standard"), ("optional", "○ optional"), ("absent", "– not available")],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "verbose_name": "Feature of a car",
                "verbose_name_plural": "Features of cars",
                "ordering": ["feature", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("competitor_model__isnull", False), ("configuration", None)),
                            models.Q(("competitor_model", None), ("configuration__isnull", False)),
                            _connector="OR",
                        ),
                        name="feature_value_has_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("availability", ""), ("text", ""), _negated=True),
                        name="feature_value_says_something",
                    ),
                    models.UniqueConstraint(fields=("feature", "configuration"), name="one_value_per_configuration"),
                    models.UniqueConstraint(fields=("feature", "competitor_model"), name="one_value_per_competitor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "configuration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="products.configuration",
                        verbose_name="Configuration",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                (
                    "feature",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="products.feature",
                        verbose_name="Feature",
                    ),
                ),
                (
                    "price_amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="Guide price (yuan)"),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="Offered")),
            ],
            options={
                "verbose_name": "Option",
                "verbose_name_plural": "Options",
                "ordering": ["configuration", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("configuration", "name"), name="unique_option"),
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gte", 0)),
                        name="option_price_not_negative",
                        violation_error_code="price_amount",
                        violation_error_message="Enter zero or more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OptionEvent",
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
                        to="products.option",
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
                    "price_amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="Guide price (yuan)"),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="Offered")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "configuration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="products.configuration",
                        verbose_name="Configuration",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("guide", "Guide price"), ("wholesale", "Wholesale price"), ("cost", "Cost price")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="Valid until")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Amount (yuan)")),
            ],
            options={
                "verbose_name": "Price",
                "verbose_name_plural": "Prices",
                "ordering": ["configuration_id", "kind", "-valid_from", "pk"],
                "permissions": [("see_cost_price", "Can see cost prices")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="price_is_positive",
                        violation_error_code="amount",
                        violation_error_message="Enter more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["guide", "wholesale", "cost"])), name="price_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                        name="price_ends_after_it_begins",
                        violation_error_code="valid_until",
                        violation_error_message="It would end before it begins. Choose a later end.",
                    ),
                    core.ranges.NoOverlap(
                        expressions=[
                            ("configuration", "="),
                            ("kind", "="),
                            (
                                core.ranges.DateRange(
                                    "valid_from", "valid_until", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="prices_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceEvent",
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
                        to="products.price",
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
                        choices=[("guide", "Guide price"), ("wholesale", "Wholesale price"), ("cost", "Cost price")],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="Valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="Valid until")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Amount (yuan)")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sku",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="SKU")),
                (
                    "configuration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skus",
                        to="products.configuration",
                        verbose_name="Configuration",
                    ),
                ),
                (
                    "exterior",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.colour",
                        verbose_name="Exterior colour",
                    ),
                ),
                (
                    "interior",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="products.colour",
                        verbose_name="Interior colour",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("is_orderable", models.BooleanField(default=True, verbose_name="Can be ordered")),
            ],
            options={
                "verbose_name": "SKU",
                "verbose_name_plural": "SKUs",
                "ordering": ["code", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        core.search.Bigrams("search_text"), name="sku_search_pairs"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search_text", 8), "text_pattern_ops"
                        ),
                        name="sku_search_start",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("configuration", "exterior", "interior"), name="unique_sku")
                ],
            },
        ),
    ]
