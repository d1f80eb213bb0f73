"""What a backtest decided for a collection, in a form that a task can be given and a run can keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .families import Family
from .intervals import Spread
from .models import Combination
from .new_year import NewYearEffect


@dataclass(frozen=True)
class FamilyPlan:
    combination: Combination
    spread: Spread


@dataclass(frozen=True)
class Plan:
    """Families it does not name take their defaults."""

    horizon: int
    season: int
    families: Mapping[Family, FamilyPlan] = field(default_factory=dict)
    new_year: NewYearEffect | None = None
    borrowed_index: tuple[float, ...] | None = None

    def as_dict(self) -> dict:
        """Plain numbers, words and lists, for JSON."""
        families = {
            str(family): {
                "members": list(chosen.combination.members),
                "is_median": chosen.combination.is_median,
                "quantiles": list(chosen.spread.quantiles),
                "growth": chosen.spread.growth,
            }
            for family, chosen in self.families.items()
        }
        return {
            "horizon": self.horizon,
            "season": self.season,
            "families": families,
            "new_year": [self.new_year.before, self.new_year.after] if self.new_year else None,
            "borrowed_index": list(self.borrowed_index) if self.borrowed_index else None,
        }

    @classmethod
    def from_dict(cls, kept: Mapping) -> "Plan":
        families = {
            Family(name): FamilyPlan(
                Combination(tuple(chosen["members"]), chosen["is_median"]),
                Spread(tuple(chosen["quantiles"]), chosen["growth"]),
            )
            for name, chosen in kept["families"].items()
        }
        return cls(
            horizon=kept["horizon"],
            season=kept["season"],
            families=families,
            new_year=NewYearEffect(*kept["new_year"]) if kept["new_year"] else None,
            borrowed_index=tuple(kept["borrowed_index"]) if kept["borrowed_index"] else None,
        )
