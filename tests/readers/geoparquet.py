"""Reads a GeoParquet file with GeoPandas and prints what it holds as JSON: the system, and each row with the area of its geometry."""

import json
import sys

import geopandas

frame = geopandas.read_parquet(sys.argv[1])
rows = frame.drop(columns=frame.geometry.name).to_dict("records")
# JSON has no number for what is missing.
rows = [{key: None if value != value else value for key, value in row.items()} for row in rows]
for row, area, valid in zip(rows, frame.geometry.area, frame.geometry.is_valid):
    row["area of the geometry"] = area
    row["is valid"] = bool(valid)
print(json.dumps({"epsg": frame.crs.to_epsg(), "name": frame.crs.name, "rows": rows}, default=str))
