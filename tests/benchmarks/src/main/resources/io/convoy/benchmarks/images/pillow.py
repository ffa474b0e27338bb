"""libjpeg-turbo, in Pillow: serves a pass over a folder of JPEG files.

Arguments: a task, a folder. Reads a word a line, answers "done" when a pass is over.
"""
import io
import os
import sys

from PIL import Image

SIDE = 224


def crop(index, height, width):
    mixed = (index + 1) * 2654435761 & 0xFFFFFFFF
    percent = 29 + mixed % 72
    rows = max(1, height * percent // 100)
    columns = max(1, width * percent // 100)
    top = (height - rows) * (mixed >> 8 & 255) // 255
    left = (width - columns) * (mixed >> 16 & 255) // 255
    return left, top, left + columns, top + rows


task, folder = sys.argv[1:]
names = sorted(name for name in os.listdir(folder) if name.endswith(".jpg"))
files = []
for name in names:
    with open(os.path.join(folder, name), "rb") as file:
        files.append(file.read())


def run():
    for index, encoded in enumerate(files):
        image = Image.open(io.BytesIO(encoded))
        image.load()
        if task == "CROP":
            box = crop(index, image.height, image.width)
            image.crop(box).resize((SIDE, SIDE), Image.BILINEAR)


print("done", flush=True)
for word in sys.stdin:
    run()
    print("done", flush=True)
