"""libjpeg-turbo, in Pillow: serves a pass over a folder of JPEG files.

Arguments: a task, a folder, and for tasks that end in a batch the part of each image that is to be
taken, "top,left,height,width" of one after the other. Reads a word a line, answers "done" when a pass is over.
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


task, folder, parts = sys.argv[1:]
names = sorted(name for name in os.listdir(folder) if name.endswith(".jpg"))
files = []
for name in names:
    with open(os.path.join(folder, name), "rb") as file:
        files.append(file.read())


def boxes():
    for part in parts.split():
        top, left, height, width = map(int, part.split(","))
        yield left, top, left + width, top + height


def run_batches():
    """Every other image is flipped; values are (x / 255 - mean) / deviation, by whole lines."""
    for index, encoded in enumerate(files):
        image = Image.open(io.BytesIO(encoded))
        image = image.convert("RGB").crop(crops[index]).resize((SIDE, SIDE), Image.BILINEAR)
        if index % 2:
            image = image.transpose(Image.FLIP_LEFT_RIGHT)
        slot = batch[index % len(batch)]
        numpy.multiply(numpy.asarray(image).reshape(SIDE, -1), scale, out=slot)
        numpy.add(slot, shift, out=slot)


def run():
    if task.startswith("BATCH"):
        run_batches()
        return
    for index, encoded in enumerate(files):
        image = Image.open(io.BytesIO(encoded))
        image.load()
        if task == "CROP":
            box = crop(index, image.height, image.width)
            image.crop(box).resize((SIDE, SIDE), Image.BILINEAR)


if task.startswith("BATCH"):
    import numpy

    crops = list(boxes())
    batch = numpy.empty((32, SIDE, SIDE * 3), numpy.float32)
    mean = numpy.tile(numpy.array([0.485, 0.456, 0.406], numpy.float32), SIDE)
    deviation = numpy.tile(numpy.array([0.229, 0.224, 0.225], numpy.float32), SIDE)
    scale = 1 / (255 * deviation)
    shift = -mean / deviation

print("done", flush=True)
for word in sys.stdin:
    run()
    print("done", flush=True)
