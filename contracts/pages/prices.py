from contracts import actions, filters, forms, tables
from core.pages import Pages

PRICE_CONDITIONS = Pages(
    table=tables.PRICE_CONDITIONS,
    filters=filters.PriceConditionFilter,
    form=forms.PriceConditionForm,
    create=actions.add_price_condition,
    update=actions.change_price_condition,
)
