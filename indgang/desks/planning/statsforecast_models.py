"""Models of the package statsforecast, which need not be installed: only `beside` imports this, when it is asked to."""

import numpy as np
import pandas
from numpy.typing import NDArray
from statsforecast import StatsForecast
from statsforecast.models import AutoETS, AutoTheta, NaNModel

MODELS = (AutoETS, AutoTheta)


def levels(totals: NDArray[np.float64], weekdays: int) -> dict[str, float]:
    """The total of the next day by each model; not a number where a model cannot be fitted."""
    models = [model(season_length=weekdays) for model in MODELS]
    frame = pandas.DataFrame({"unique_id": 0, "ds": np.arange(len(totals)), "y": totals})
    with np.errstate(all="ignore"):
        told = StatsForecast(models=models, freq=1, n_jobs=1, fallback_model=NaNModel()).forecast(df=frame, h=1)
    return {model.alias: float(told[model.alias].iloc[0]) for model in models}
