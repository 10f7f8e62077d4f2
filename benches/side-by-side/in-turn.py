#!/usr/bin/env python3
"""Times the batch in turn with the GeoPandas peer and with copying the result through GDAL by Arrow; prints medians and ratios.

in-turn.py DATA... --bench FOLDER --out FOLDER [--rounds 5] [--extra]

DATA: data folders (city.gpkg + job.json). --bench: the folder with peer_geopandas.py and compare.py. Run it with the interpreter of the
environment the peer needs. --extra: also GeoJSON and Shapefile. The copy reads OUT/graded.gpkg and writes it anew with its spatial index.
"""
import argparse, json, resource, statistics, subprocess, sys, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
COPY = """
import sys, time, pyogrio.raw as raw
start = time.perf_counter()
meta, table = raw.read_arrow(sys.argv[1], layer="graded")
raw.write_arrow(table, sys.argv[2], layer="graded", driver="GPKG", geometry_name=meta["geometry_name"] or "wkb_geometry",
                geometry_type=meta["geometry_type"], crs=meta["crs"], SPATIAL_INDEX="YES")
print(time.perf_counter() - start)
"""


def timed(command):
    """Wall seconds, CPU seconds and peak memory (MB) of a command with all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *map(str, command)], capture_output=True, text=True)
    wall = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "mb": int(done.stderr.split()[-1]) / 1024, "said": done.stdout}


def medians(runs):
    return {key: round(statistics.median(run[key] for run in runs), 3) for key in ("wall", "cpu", "mb")}


ap = argparse.ArgumentParser()
ap.add_argument("data", nargs="+", type=Path); ap.add_argument("--bench", required=True, type=Path)
ap.add_argument("--out", required=True, type=Path); ap.add_argument("--rounds", type=int, default=5)
ap.add_argument("--extra", action="store_true")
o = ap.parse_args()
for data in o.data:
    ours, theirs, copy = o.out / f"{data.name}-landgrade", o.out / f"{data.name}-peer", o.out / f"{data.name}-copy"
    for folder in (ours, theirs, copy):
        folder.mkdir(parents=True, exist_ok=True)
    runs = {"landgrade": [], "peer": [], "copy": []}
    extra = {"landgrade": {"geojson": [], "shp": []}, "peer": {"geojson": [], "shp": []}}
    for _ in range(o.rounds):
        runs["landgrade"].append(timed([HERE / "run", data, ours, "--threads", 2]))
        peer = [sys.executable, o.bench / "peer_geopandas.py", "--data", data, "--out", theirs, "--threads", 2]
        runs["peer"].append(timed(peer))
        (copy / "copy.gpkg").unlink(missing_ok=True)
        runs["copy"].append(timed([sys.executable, "-c", COPY, ours / "graded.gpkg", copy / "copy.gpkg"]))
        if o.extra:
            stages = json.loads(timed([*peer, "--extra-formats"])["said"].strip().splitlines()[-1])["stages"]
            for extension in ("geojson", "shp"):
                both = timed([HERE / "run", data, ours, "--threads", 2, "--formats", f"gpkg,{extension}"])
                extra["landgrade"][extension].append(both["wall"] - runs["landgrade"][-1]["wall"])
                extra["peer"][extension].append(stages[f"write_{extension}"]["wall"])
    result = {name: medians(of) for name, of in runs.items()}
    # The peer and the copy tell their own time from read to written, without starting Python: the harder comparison.
    own = [json.loads(run["said"].strip().splitlines()[-1]) for run in runs["peer"]]
    result["peer"]["core_wall"] = round(statistics.median(run["core_wall"] for run in own), 3)
    result["copy"]["core_wall"] = round(statistics.median(float(run["said"]) for run in runs["copy"]), 3)
    result["ratio_wall_to_peer_core"] = round(result["landgrade"]["wall"] / result["peer"]["core_wall"], 3)
    result["ratio_wall_to_copy_core"] = round(result["landgrade"]["wall"] / result["copy"]["core_wall"], 3)
    if o.extra:
        result["extra_wall"] = {who: {f: round(statistics.median(v), 3) for f, v in of.items()} for who, of in extra.items()}
    verdict = subprocess.run([sys.executable, o.bench / "compare.py", theirs / "graded.gpkg", ours / "graded.gpkg",
                              "--layer-a", "graded", "--layer-b", "graded",
                              "--summary", theirs / "summary.json", ours / "summary.json"], capture_output=True, text=True)
    result["accepted"] = verdict.returncode == 0
    print(json.dumps({"data": data.name, "rounds": o.rounds, **result}), flush=True)
