from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.bulk import BulkAction
from core.pages import Pages, Panel
from products import actions, filters, forms, links, tables
from products.models import CompetitorModel, Configuration, Option, Price, Sku, VehicleModel

COMPARE = {"name": "compare", "label": _("Compare"), "icon": "columns-3"}

BRANDS = Pages(
    table=tables.BRANDS,
    filters=filters.BrandFilter,
    form=forms.BrandForm,
    create=actions.add_brand,
    update=actions.change_brand,
)
SERIES = Pages(
    table=tables.SERIES,
    filters=filters.SeriesFilter,
    form=forms.SeriesForm,
    create=actions.add_series,
    update=actions.change_series,
    links=links.of_series,
    panels=(
        Panel(
            VehicleModel._meta.verbose_name_plural,
            tables.VEHICLE_MODELS,
            lambda series, user: VehicleModel.objects.visible_to(user).filter(series=series),
            "products:vehiclemodel_detail",
            add_url=lambda series, user: f"{reverse('products:vehiclemodel_add')}?series={series.pk}",
        ),
        Panel(
            CompetitorModel._meta.verbose_name_plural,
            tables.COMPETITOR_MODELS,
            lambda series, user: CompetitorModel.objects.visible_to(user).filter(rival_of=series),
            "products:competitormodel_detail",
            add_url=lambda series, user: f"{reverse('products:competitormodel_add')}?rival_of={series.pk}",
        ),
    ),
)
VEHICLE_MODELS = Pages(
    table=tables.VEHICLE_MODELS,
    filters=filters.VehicleModelFilter,
    form=forms.VehicleModelForm,
    create=actions.add_vehicle_model,
    update=actions.change_vehicle_model,
    panels=(
        Panel(
            Configuration._meta.verbose_name_plural,
            tables.CONFIGURATIONS,
            lambda model, user: Configuration.objects.visible_to(user).filter(vehicle_model=model),
            "products:configuration_detail",
            add_url=lambda model, user: f"{reverse('products:configuration_add')}?vehicle_model={model.pk}",
        ),
    ),
)
CONFIGURATIONS = Pages(
    table=tables.CONFIGURATIONS,
    filters=filters.ConfigurationFilter,
    form=forms.ConfigurationForm,
    create=actions.add_configuration,
    update=actions.change_configuration,
    links=links.of_configuration,
    bulk=(BulkAction(**COMPARE, permission="products.view_configuration", page="products:comparison"),),
    panels=(
        Panel(
            Sku._meta.verbose_name_plural,
            tables.SKUS,
            lambda configuration, user: Sku.objects.visible_to(user).filter(configuration=configuration),
            "products:sku_detail",
            add_url=lambda configuration, user: f"{reverse('products:sku_add')}?configuration={configuration.pk}",
        ),
        Panel(
            Option._meta.verbose_name_plural,
            tables.OPTIONS,
            lambda configuration, user: Option.objects.visible_to(user).filter(configuration=configuration),
            "products:option_detail",
            add_url=lambda configuration, user: f"{reverse('products:option_add')}?configuration={configuration.pk}",
        ),
        Panel(
            Price._meta.verbose_name_plural,
            tables.PRICES,
            lambda configuration, user: Price.objects.visible_to(user).filter(configuration=configuration),
            "products:price_detail",
            add_url=lambda configuration, user: f"{reverse('products:price_add')}?configuration={configuration.pk}",
        ),
    ),
)
COLOURS = Pages(
    table=tables.COLOURS,
    filters=filters.ColourFilter,
    form=forms.ColourForm,
    create=actions.add_colour,
    update=actions.change_colour,
)
SKUS = Pages(
    table=tables.SKUS,
    filters=filters.SkuFilter,
    form=forms.SkuForm,
    create=actions.add_sku,
    update=actions.change_sku,
)
PRICES = Pages(
    table=tables.PRICES,
    filters=filters.PriceFilter,
    form=forms.PriceForm,
    create=actions.add_price,
    update=actions.change_price,
)
COMPETITOR_MODELS = Pages(
    table=tables.COMPETITOR_MODELS,
    filters=filters.CompetitorModelFilter,
    form=forms.CompetitorModelForm,
    create=actions.add_competitor_model,
    update=actions.change_competitor_model,
    links=links.of_competitor,
    bulk=(BulkAction(**COMPARE, permission="products.view_competitormodel", page="products:rivals_comparison"),),
)

FEATURES = Pages(
    table=tables.FEATURES,
    filters=filters.FeatureFilter,
    form=forms.FeatureForm,
    create=actions.add_feature,
    update=actions.change_feature,
)
OPTIONS = Pages(
    table=tables.OPTIONS,
    filters=filters.OptionFilter,
    form=forms.OptionForm,
    create=actions.add_option,
    update=actions.change_option,
)

PAGES = (
    BRANDS,
    SERIES,
    VEHICLE_MODELS,
    CONFIGURATIONS,
    COLOURS,
    SKUS,
    PRICES,
    COMPETITOR_MODELS,
    FEATURES,
    OPTIONS,
)
