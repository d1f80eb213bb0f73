from django.db import transaction
from django.db.models import QuerySet

from core.search import search_text
from products import rules
from products.models import Colour, Configuration, Sku
from users.models import User


@transaction.atomic
def add_sku(
    *,
    by: User,
    code: str,
    configuration: Configuration,
    exterior: Colour,
    interior: Colour,
    is_orderable: bool = True,
) -> Sku:
    sku = Sku(
        code=code.strip().upper(),
        configuration=configuration,
        exterior=exterior,
        interior=interior,
        is_orderable=is_orderable,
    )
    _name(sku)
    sku.save()
    return sku


@transaction.atomic
def change_sku(sku_id: int, *, by: User, **fields) -> Sku:
    """Configuration and colours are what a SKU is: another combination is another SKU."""
    sku = Sku.objects.select_for_update(of=("self",)).get(pk=sku_id)
    for name, value in fields.items():
        setattr(sku, name, value)
    _name(sku)
    sku.save(update_fields=[*fields, "name", "search_text"])
    return sku


def rename_skus(skus: QuerySet[Sku]) -> None:
    """Call in the transaction that changed a name the SKUs carry."""
    rows = list(
        skus.select_related("configuration__vehicle_model__series", "exterior", "interior")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for sku in rows:
        _name(sku)
    Sku.objects.bulk_update(rows, ["name", "search_text"], batch_size=500)


def _name(sku: Sku) -> None:
    model = sku.configuration.vehicle_model
    sku.name = rules.sku_name(
        sales_name=model.sales_name,
        configuration=sku.configuration.name,
        exterior=sku.exterior.name,
        interior=sku.interior.name,
    )
    sku.search_text = search_text(sku.name, sku.code, model.code, model.series.name)
