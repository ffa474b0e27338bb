"""Makes the progressive JPEG files beside it, and expected.tsv: what libjpeg-turbo reads in them
when scans are left out.

    python3 make.py            (cjpeg and djpeg of libjpeg-turbo 2.1.5)

A row of expected.tsv: file, the scans that are kept ("0,2,5"), and the first 16 digits of the
SHA-256 of all pixels, interleaved, at 1/1, 1/2, 1/4 and 1/8 (djpeg -scale).
"""

import hashlib
import math
import random
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
SCALES = ("1/1", "1/2", "1/4", "1/8")

# (components, first, last, high, low) of each scan
COLOUR = [
    ("0,1,2", 0, 0, 0, 1), ("0", 1, 2, 0, 2), ("0", 3, 5, 0, 1), ("0", 6, 9, 0, 0), ("0", 10, 63, 0, 0),
    ("1", 1, 5, 0, 1), ("1", 6, 63, 0, 0), ("2", 1, 63, 0, 1), ("0", 1, 2, 2, 1), ("0", 1, 2, 1, 0),
    ("0,1,2", 0, 0, 1, 0), ("0", 3, 5, 1, 0), ("1", 1, 5, 1, 0), ("2", 1, 63, 1, 0),
]
GREY = [
    ("0", 0, 0, 0, 2), ("0", 1, 1, 0, 3), ("0", 2, 5, 0, 0), ("0", 6, 63, 0, 1), ("0", 0, 0, 2, 1),
    ("0", 1, 1, 3, 2), ("0", 1, 1, 2, 1), ("0", 0, 0, 1, 0), ("0", 6, 63, 1, 0),
    ("0", 1, 1, 1, 0),
]
NAMED = {
    3: [[0], [0, 10], [0, 1], [0, 1, 8], [0, 1, 8, 9], [0, 4], [0, 3], [0, 1, 2, 10], [0, 5, 6, 12],
        [0, 1, 2, 3, 4, 8, 9, 10, 11], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13], list(range(13)), list(range(14))],
    1: [[0], [0, 4, 7], [0, 1], [0, 1, 5], [0, 1, 5, 6], [0, 2], [0, 3], [0, 1, 2, 3, 4, 5, 6, 8], list(range(9)), list(range(10))],
}
# name: (width, height, colours, options)
FILES = {
    "grey-101x67": (101, 67, 1, ["-quality", "75"]),
    "grey-9x30": (9, 30, 1, ["-quality", "30"]),
    "444-70x41": (70, 41, 3, ["-sample", "1x1", "-quality", "75"]),
    "420-101x67": (101, 67, 3, ["-sample", "2x2", "-quality", "75"]),
    "420-33x130": (33, 130, 3, ["-sample", "2x2", "-quality", "12"]),
    "420-31x17": (31, 17, 3, ["-sample", "2x2", "-quality", "95"]),
    "420-1x1": (1, 1, 3, ["-sample", "2x2", "-quality", "60"]),
    "422-58x90": (58, 90, 3, ["-sample", "2x1", "-quality", "50"]),
    "440-17x100": (17, 100, 3, ["-sample", "1x2", "-quality", "85"]),
    "414-40x150": (40, 150, 3, ["-sample", "1x4,1x1,1x2", "-quality", "40"]),
    "grey2x2-20x66": (20, 66, 1, []),
    "zero-31x17": (31, 17, 3, ["-sample", "2x2"]),
    "restart-66x50": (66, 50, 3, ["-sample", "2x2", "-restart", "2B"]),
}


def picture(width, height, colours):
    """Slow waves, a disc with a hard edge, and some noise."""
    random.seed(width * 1000 + height)
    pixels = bytearray()
    for y in range(height):
        for x in range(width):
            disc = (x - width * 0.6) ** 2 + (y - height * 0.4) ** 2 < (min(width, height) * 0.3) ** 2
            for c in range(colours):
                wave = 128 + 90 * math.sin(x / (9 + 5 * c) + y / (14 - 3 * c))
                value = (230 if c != 1 else 20) if disc else wave
                pixels.append(max(0, min(255, int(value) + random.randrange(-4, 5))))
    return b"P%d %d %d 255\n" % (6 if colours == 3 else 5, width, height) + bytes(pixels)


def script(scans):
    return "".join("%s: %d-%d, %d, %d;\n" % scan for scan in scans)


def kept(jpeg, scans):
    """The file without the scans that are not kept; the tables before a scan stay."""
    result, at, scan = bytearray(jpeg[:2]), 2, -1
    while jpeg[at + 1] != 0xD9:
        end = at + 2 + (jpeg[at + 2] << 8 | jpeg[at + 3])
        keep = True
        if jpeg[at + 1] == 0xDA:
            scan += 1
            keep = scan in scans
            while not (jpeg[end] == 0xFF and (jpeg[end + 1] > 0xD7 or 0 < jpeg[end + 1] < 0xD0)):
                end += 1
        result += jpeg[at:end] if keep else b""
        at = end
    return bytes(result + jpeg[at:])


def possible(scans, order):
    """Whether each refinement follows on the scan before, and DC is there."""
    low = {}
    for i in order:
        components, first, last, high, bits = scans[i]
        for component in components.split(","):
            for place in range(first, last + 1):
                if low.get((component, place), 0) != high:
                    return False
                low[component, place] = bits
    return 0 in order


def pixels(jpeg, scale):
    done = subprocess.run(["djpeg", "-scale", scale, "-pnm"], input=jpeg, capture_output=True, check=True)
    assert not done.stderr, done.stderr
    at = 0
    for _ in range(3):
        at = done.stdout.index(b"\n", at) + 1
    return hashlib.sha256(done.stdout[at:]).hexdigest()[:16]


rows = []
for name, (width, height, colours, options) in FILES.items():
    scans = COLOUR if colours == 3 else GREY
    Path("/tmp/scans.txt").write_text(script(scans))
    jpeg = subprocess.run(
        ["cjpeg", "-scans", "/tmp/scans.txt"] + options, input=picture(width, height, colours), capture_output=True, check=True
    ).stdout
    if name.startswith("grey2x2"):
        # a factor that says nothing, since there is one component, but has a part in smoothing
        factors = jpeg.index(b"\xff\xc2") + 11
        jpeg = jpeg[:factors] + b"\x22" + jpeg[factors + 1 :]
    if name.startswith("zero"):
        # the third number of the first quantisation table: libjpeg-turbo then does not smooth
        third = jpeg.index(b"\xff\xdb") + 5 + 2
        jpeg = jpeg[:third] + b"\0" + jpeg[third + 1 :]
    (HERE / (name + ".jpg")).write_bytes(jpeg)
    orders = list(NAMED[colours])
    random.seed(name)
    while len(orders) < len(NAMED[colours]) + 6:
        order = [i for i in range(len(scans)) if i == 0 or random.random() < 0.6]
        if possible(scans, order) and order not in orders:
            orders.append(order)
    for order in orders:
        assert possible(scans, order), (name, order)
        cut = kept(jpeg, order)
        rows.append("\t".join([name, ",".join(map(str, order))] + [pixels(cut, scale) for scale in SCALES]))
(HERE / "expected.tsv").write_text("\n".join(rows) + "\n")
