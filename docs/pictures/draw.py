#!/usr/bin/env python3
"""Draws the README's picture from what `make demo` published: draw.py DEMO OUT.png (needs geopandas, matplotlib, a CJK font)."""
import sys
import geopandas as gpd
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from PIL import Image

matplotlib.rcParams["font.family"] = ["DejaVu Sans", "Droid Sans Fallback"]
demo, out = sys.argv[1], sys.argv[2]
package = f"{demo}/city/releases/2026-published/units.gpkg"
inputs = f"{demo}/city/2026/city.gpkg"
units = gpd.read_file(package, layer="units")
changes = gpd.read_file(f"{demo}/compared/changes.gpkg", layer="changes")
roads, water = gpd.read_file(inputs, layer="roads"), gpd.read_file(inputs, layer="water")
stations = gpd.read_file(inputs, layer="stations")

figure, (left, right) = plt.subplots(1, 2, figsize=(17, 10), dpi=80)
for axes in (left, right):
    water.plot(ax=axes, color="#b8d8ea", zorder=0)
    axes.set_aspect("equal")
    axes.set_axis_off()
    west, south, east, north = units.total_bounds
    axes.set_xlim(west - 50, east + 50)
    axes.set_ylim(south - 50, north + 50)


def below(axes, handles, title):
    """The legend under the map, over no parcel."""
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.005), ncol=2, fontsize=11, title=title,
                title_fontsize=12, frameon=False)


ramp = ["#a50f15", "#de2d26", "#fb6a4a", "#fcae91", "#fee5d9", "#fff5f0"]
patches = []
shown = "residential"
name = units.loc[units.use == shown, "use_name"].iloc[0]
units[units.use != shown].plot(ax=left, color="#efefef", edgecolor="#cfcfcf", linewidth=0.2)
for grade, group in units[units.use == shown].groupby("grade"):
    price = group.price.iloc[0]
    group.plot(ax=left, color=ramp[int(grade) - 1], edgecolor="#777777", linewidth=0.2)
    patches.append(Patch(facecolor=ramp[int(grade) - 1], edgecolor="#777777",
                         label=f"{'一二三四五六'[int(grade) - 1]}级 grade {grade}: {price:,.0f} 元/㎡ ({len(group)})"))
patches.append(Patch(facecolor="#efefef", edgecolor="#cfcfcf", label="其他用途 other uses"))
metro = stations[stations.kind == "地铁站"] if "kind" in stations else stations[stations.lx == "地铁站"]
metro.plot(ax=left, color="black", marker="s", markersize=16, zorder=5)
patches.append(Line2D([], [], color="black", marker="s", linestyle="", markersize=5, label="地铁站 metro station"))
below(left, patches, f"{name} · residential, 2026")
left.set_title("级别与基准地价 · grades and benchmark prices 2026", fontsize=13)

bins = [(-100, -6, "#2166ac"), (-6, -4, "#67a9cf"), (-4, -2, "#d1e5f0"), (-2, 0, "#f7f7f7"), (0, 2, "#fddbc7"), (2, 1000, "#ef8a62")]
patches = []
for low, high, colour in bins:
    part = changes[(changes.growth_pct >= low) & (changes.growth_pct < high)]
    if len(part):
        part.plot(ax=right, color=colour, edgecolor="#999999", linewidth=0.15)
    if low == -100:
        text = f"{high} % 以下 below"
    elif high == 1000:
        text = f"{low} % 及以上 and above"
    else:
        text = f"{low} % 至 to {high} %"
    patches.append(Patch(facecolor=colour, edgecolor="#999999", label=f"{text} ({len(part)})"))
other = changes[changes.kind != "same"]
other.boundary.plot(ax=right, color="#6a3d9a", linewidth=1.0)
patches.append(Line2D([], [], color="#6a3d9a", label=f"重划、分割、合并、新增、灭失 re-cut, split, merged, added, removed ({len(other)})"))
regraded = changes[changes.dgrade.fillna(0) != 0]
regraded.boundary.plot(ax=right, color="black", linewidth=0.9)
patches.append(Line2D([], [], color="black", label=f"级别变化 grade changed ({len(regraded)})"))
below(right, patches, "地价变幅 · price change, 2025 → 2026")
right.set_title("两期比较 · compared with the 2025 release", fontsize=13)
figure.tight_layout()
figure.savefig(out, bbox_inches="tight")
Image.open(out).convert("RGB").quantize(200, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, optimize=True)
