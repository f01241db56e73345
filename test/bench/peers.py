"""One peer of the profile bench: peers.py NAME FILE prints a line of JSON with milliseconds, bytes and the figures it gives."""

import json
import resource
import sys
import time

name, path = sys.argv[1:3]
if name == "polars":
    import polars

    begun = time.perf_counter()
    frame = polars.read_parquet(path)
    frame.describe()
    frame.select(polars.all().n_unique())
    figures = "count, nulls, mean, deviation, min, max, quartiles, distinct"
elif name == "pandas":
    import pandas

    begun = time.perf_counter()
    frame = pandas.read_parquet(path)
    frame.describe(include="all")
    frame.nunique()
    figures = "count, mean, deviation, min, max, quartiles, distinct, commonest value"
else:
    import pandas
    from ydata_profiling import ProfileReport

    begun = time.perf_counter()
    frame = pandas.read_parquet(path)
    ProfileReport(frame, minimal=name == "ydata-minimal", progress_bar=False).to_html()
    figures = "report of all its statistics" if name == "ydata-profiling" else "report without correlations and interactions"
print(
    json.dumps(
        {
            "wall": (time.perf_counter() - begun) * 1000,
            "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "figures": figures,
        }
    )
)
