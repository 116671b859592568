"""Judges a picture of the map by Pillow: its size, that it is not blank, and that signs, names and legend are in it.

usage: validate_picture.py DRAWING PICTURE WIDTH
"""

import sys
import xml.etree.ElementTree as tree

from PIL import Image

drawing = tree.parse(sys.argv[1]).getroot()
picture = Image.open(sys.argv[2])
width = int(sys.argv[3])
height = width * int(drawing.get("height")) / int(drawing.get("width"))
assert picture.format == "PNG" and picture.width == width and abs(picture.height - height) < 1, picture.size
flat = picture.convert("RGB")
assert flat.getpixel((0, picture.height - 1)) == (255, 255, 255), "the foot is not white"
colors = {color: count for count, color in flat.getcolors(1 << 24)}
# Unserved, banks, post offices, shops, county outline: the paint of signs, which anti-aliasing leaves inside them.
for paint in ("D55E00", "CC79A7", "009E73", "E69F00", "000000"):
    color = tuple(bytes.fromhex(paint))
    assert colors.get(color, 0) > 20, f"no {paint}"
# Letters: each text of the legend has ink beside its sign, and the word of two different characters differs from boxes for both.
space = "{http://www.w3.org/2000/svg}"
scale = width / int(drawing.get("width"))
texts = drawing.findall(f"{space}text")
assert len(texts) > 10, "no legend"
shapes = set()
for text in texts:
    x, y = float(text.get("x")) * scale, float(text.get("y")) * scale
    box = flat.crop((int(x), int(y - 12 * scale), int(x + 13 * scale), int(y + 3 * scale))).convert("L")
    ink = sum(box.histogram()[:128])
    assert ink > 5, f"no ink for {text.text}"
    shapes.add(box.tobytes())
# A font without Chinese draws the same empty box for every character.
assert len(shapes) > len(texts) // 2, "letters all look alike: is there a Chinese font?"
print(f"{sys.argv[2].rsplit('/', 1)[-1]}: {picture.width} by {picture.height}, {len(colors)} colors, {len(texts)} texts")
