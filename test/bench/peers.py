"""
One peer of the profile bench: peers.py NAME FILE prints a line of JSON with milliseconds, bytes and the figures it gives.
Miller, csvstat and R are programs of their own and read text.
"""

import json
import os
import resource
import subprocess
import sys
import time

name, path = sys.argv[1:3]
programs = {
    "miller": (
        ["mlr", "--icsv", "--ojson", "summary", path],
        "type, nulls, distinct, mode, sum, mean, deviation, skewness, min, max, quartiles, fences",
    ),
    "csvstat": (
        [os.path.join(os.path.dirname(sys.executable), "csvstat"), path],
        "type, nulls, distinct, min, max, sum, mean, median, deviation, commonest values",
    ),
    "R summary": (
        ["Rscript", "-e", "print(summary(read.csv(commandArgs(TRUE)[1])))", path],
        "min, max, mean, quartiles, missing numbers; of text nothing but its length",
    ),
}
who = resource.RUSAGE_CHILDREN if name in programs else resource.RUSAGE_SELF
if name in programs:
    command, figures = programs[name]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
elif name == "polars":
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
            "rss": resource.getrusage(who).ru_maxrss * 1024,
            "figures": figures,
        }
    )
)
