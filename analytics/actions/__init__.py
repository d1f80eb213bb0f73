from analytics.actions.findings import check_retails
from analytics.actions.history import HistoryRow, LoadResult, add_history_source, load_history
from analytics.actions.runs import purge_old_runs, run_scheme
from analytics.actions.schemes import add_company_schemes, add_standing_schemes, add_trend_scheme, change_trend_scheme

__all__ = [
    "HistoryRow",
    "LoadResult",
    "add_company_schemes",
    "add_history_source",
    "add_standing_schemes",
    "add_trend_scheme",
    "change_trend_scheme",
    "check_retails",
    "load_history",
    "purge_old_runs",
    "run_scheme",
]
