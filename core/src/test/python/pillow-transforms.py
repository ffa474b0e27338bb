"""What Pillow 9.4.0 makes of the images of PillowTest: CRC-32 of the bytes, one line a case.

/usr/bin/python3 core/src/test/python/pillow-transforms.py
"""
import zlib

import numpy as np
from PIL import Image, ImageEnhance, ImageOps


def image(height, width, channels, low, high, seed):
    i = np.arange(height * width * channels, dtype=np.uint64)
    bits = (i * np.uint64(2654435761) + np.uint64(seed * 40503)) & np.uint64(0xFFFFFFFF)
    noise = (bits >> np.uint64(24)).astype(np.int64)
    smooth = (np.arange(i.size) // (width * channels) * 5 + np.arange(i.size) // channels % width * 3) % 256
    mixed = (noise + 3 * smooth) // 4
    values = (low + mixed * (high - low) // 255).astype(np.uint8)
    return Image.fromarray(values.reshape((height, width, channels) if channels == 3 else (height, width)))


def crc(im):
    return "%08x" % zlib.crc32(np.array(im).tobytes())


def hue(im, shift):
    h, s, v = im.convert("HSV").split()
    turned = Image.fromarray((np.array(h).astype(np.int64) + shift).astype(np.uint8))
    return Image.merge("HSV", (turned, s, v)).convert("RGB")


IMAGES = {
    "colour": image(37, 53, 3, 0, 255, 1),
    "narrow": image(40, 21, 3, 60, 170, 2),
    "grey": image(31, 32, 1, 10, 240, 3),
    "flat": image(5, 4, 3, 77, 77, 4),
    "thin": image(2, 9, 3, 0, 255, 5),
}
ENHANCE = {
    "brightness": ImageEnhance.Brightness,
    "contrast": ImageEnhance.Contrast,
    "saturation": ImageEnhance.Color,
    "sharpness": ImageEnhance.Sharpness,
}
for name, im in IMAGES.items():
    for what, enhance in ENHANCE.items():
        for factor in (0.0, 0.1, 0.37, 0.999, 1.0, 1.25, 1.9, 7.3):
            print(what, name, factor, crc(enhance(im).enhance(factor)))
    for bits in range(1, 9):
        print("posterize", name, bits, crc(ImageOps.posterize(im, bits)))
    for threshold in (0, 1, 100, 128, 255, 256):
        print("solarize", name, threshold, crc(ImageOps.solarize(im, threshold)))
    print("equalize", name, "-", crc(ImageOps.equalize(im)))
    print("autoContrast", name, "-", crc(ImageOps.autocontrast(im)))
# every colour there is: red by red, an image of all greens (rows) and blues (columns)
for shift in (0, 1, 25, 127, 230):
    total = 0
    for red in range(256):
        square = np.empty((256, 256, 3), dtype=np.uint8)
        square[..., 0] = red
        square[..., 1] = np.arange(256)[:, None]
        square[..., 2] = np.arange(256)[None, :]
        total = zlib.crc32(np.array(hue(Image.fromarray(square), shift)).tobytes(), total)
    print("hue all", shift, "%08x" % total)
