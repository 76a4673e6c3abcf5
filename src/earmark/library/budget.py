"""Refuses to begin what would cost more than it may."""

from contextlib import closing

from msgspec.structs import replace

from earmark import engines
from earmark.engines.base import needs_network
from earmark.engines.options import prices
from earmark.errors import OverBudget, SettingsError
from earmark.library.rehearsal import Rehearsal, rehearsal
from earmark.library.survey import Plan
from earmark.pipeline.pricing import engines_of


def refuse_over_budget(plan: Plan, found: Rehearsal | None = None) -> None:
    """Raise `OverBudget` if what has to be spoken would cost more than `[cost] most`; without that, do nothing.

    `found` is what a rehearsal of `plan` has said, if there was one. Raises `SettingsError` where the price of an engine that needs the network is not known.
    """
    most = plan.settings.cost.most
    if most is None:
        return
    _refuse_unknown_prices(plan)
    bill = (found or rehearsal(replace(plan, reader=None))).bill  # the reader is for the build
    if bill is not None and bill.at_worst > most:
        raise OverBudget(bill.at_worst, most, plan.settings.cost.currency)


def _refuse_unknown_prices(plan: Plan) -> None:
    for name in engines_of(plan.settings):
        given = plan.settings.engines.get(name, {})
        if prices(name, given) is not None:
            continue
        with closing(engines.load(name, options=given)) as engine:
            if needs_network(engine):
                hint = f"Set price_per_million or price_per_minute in [engines.{name}]; 0 if it is free."
                path = plan.folder.settings_file or "settings"
                raise SettingsError(
                    "the cost can't be limited without a price", path=path, key=f"engines.{name}", hint=hint
                )
