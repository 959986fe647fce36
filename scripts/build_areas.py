"""Write site/geography/data/areas.json.gz from the GeoThai package (data CC BY 4.0, see the README beside it).

Run by a developer when GeoThai has new data: ``python scripts/build_areas.py``. The same input gives the same
bytes, so a review sees a change only where the facts changed. The site itself never needs the package.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geothai

TARGET = Path(__file__).parents[1] / "site" / "geography" / "data" / "areas.json.gz"


def rows() -> dict[str, object]:
    """``[code, Thai, English]`` for each area; the parent is the code without its last two digits."""
    provinces = list(geothai.provinces())
    districts = [d for p in provinces for d in geothai.districts(p.code)]
    subdistricts = [s for d in districts for s in geothai.subdistricts(d.code)]
    return {
        "source": "GeoThai, https://pypi.org/project/geothai/, CC BY 4.0",
        "version": geothai.DATA_VERSION,
        "provinces": sorted([a.code, a.name_th, a.name_en] for a in provinces),
        "districts": sorted([a.code, a.name_th, a.name_en] for a in districts),
        "subdistricts": sorted([a.code, a.name_th, a.name_en] for a in subdistricts),
    }


def main() -> None:
    text = json.dumps(rows(), ensure_ascii=False, separators=(",", ":"))
    # mtime=0: no clock in the file
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
