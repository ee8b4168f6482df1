"""What PyPI ecomplexity and economic-complexity make of an economy, as 64-bit numbers row by row.

usage: parity.py CSV REGION INDUSTRY VALUE FOLDER
"""

import sys
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
path, region, industry, value, folder = sys.argv[1:]
data = pd.read_csv(path, dtype={region: str, industry: str})[[region, industry, value]]
data.columns = ["region", "industry", "value"]
data = data[data["value"] > 0]
data["year"] = 1
table = data.pivot_table(index="region", columns="industry", values="value").fillna(0)
regions, industries = list(table.index), list(table.columns)


def put(name, values):
    np.asarray(values, dtype="<f8").tofile(f"{folder}/{name}.f64")


def names(name, values):
    with open(f"{folder}/{name}.txt", "w", encoding="utf-8") as file:
        file.write("\n".join(values))


names("regions", regions)
names("industries", industries)

from ecomplexity import ecomplexity, proximity  # noqa: E402

columns = {"time": "year", "loc": "region", "prod": "industry", "val": "value"}
out = ecomplexity(data, columns, check_logsupermodularity=False, verbose=False)


def cells(name):
    return out.pivot(index="region", columns="industry", values=name).loc[regions, industries].to_numpy()


for name in ("rca", "mcp", "density", "cog"):
    put(name, cells(name))
for name in ("eci", "coi"):
    put(name, out.groupby("region")[name].first().loc[regions])
put("pci", out.groupby("industry")["pci"].first().loc[industries])
near = proximity(data, columns)
left, right, phi = [c for c in near.columns if c != "year"][:3]
put("proximity", near.pivot(index=left, columns=right, values=phi).loc[industries, industries].to_numpy())

import economic_complexity as other  # noqa: E402

shares = other.rca(table)
put("other-rca", shares.to_numpy())
space = other.proximity(shares)
put("other-proximity", space.to_numpy())
put("other-density", other.relatedness(shares, proximities=space).to_numpy())
eci, pci = other.complexity(shares, iterations=20)
put("other-eci", eci.to_numpy())
