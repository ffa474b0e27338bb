"""Makes the image files beside it, and expected.tsv: what Pillow reads in them.

    python3 make.py            (Pillow 9.4.0 with libtiff 4.5.0 and libwebp 1.2.4, NumPy)

A row of expected.tsv: file, height, width, SHA-256 of the RGB bytes after Pillow's exif_transpose,
laid over white by Pillow's alpha_composite, and whether a pixel is not opaque. Samples of 16 bits
are cut to their high byte. Decoders of lossy WebP differ: what Pillow reads in one is a PNG beside
it.
"""

import hashlib
import io
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

HERE = Path(__file__).parent
H, W = 11, 18
made = {}


def keep(name, data, expected=None):
    made[name] = expected
    (HERE / name).write_bytes(data)


def rgba(seed, h=H, w=W):
    """A smooth pattern with some noise; opacity falls from left to right."""
    noise = np.random.default_rng(seed).integers(0, 5, (h, w, 4))
    y, x = np.mgrid[0:h, 0:w]
    waves = [x * 255 // w, y * 255 // h, (x * 7 + y * 11) % 256, 255 - x * 300 // w]
    return np.clip(np.stack(waves, 2) + noise - 2, 0, 255).astype(np.uint8)


def gentle(seed, h, w):
    """Colours that change slowly, under a fine pattern of brightness; opacity falls from left to right."""
    noise = np.random.default_rng(seed).integers(0, 60, (h, w, 1))
    y, x = np.mgrid[0:h, 0:w]
    waves = [40 + x * 120 // w, 40 + y * 120 // h, 160 - (x + y) * 100 // (w + h)]
    opacity = (255 - x * 200 // w)[..., None]
    return np.concatenate([np.stack(waves, 2) + noise, opacity], 2).astype(np.uint8)


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(code):
    e = Image.Exif()
    e[0x0112] = code
    return e.tobytes()


# PNG by hand: Pillow writes neither 16-bit colours nor interlaced files


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def packed_rows(samples, bits):
    """Rows of bytes out of samples [h, w, bands], the first in the highest bits."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if bits == 16:
            rows.append(row.astype('>u2').tobytes())
        else:
            ones = ''.join(format(int(s), '0%db' % bits) for s in row)
            ones += '0' * (-len(ones) % 8)
            rows.append(bytes(int(ones[i:i + 8], 2) for i in range(0, len(ones), 8)))
    return rows


def filtered(rows, step):
    """Each row by another of PNG's five filters."""
    out, before = b'', None
    for number, row in enumerate(rows):
        kind = number % 5
        up = before or bytes(len(row))
        coded = bytearray()
        for i, value in enumerate(row):
            a = row[i - step] if i >= step else 0
            b = up[i]
            c = up[i - step] if i >= step else 0
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            coded.append((value - [0, a, b, (a + b) // 2, paeth][kind]) % 256)
        out += bytes([kind]) + bytes(coded)
        before = row
    return out


def png(samples, kind, bits, interlaced=False, before=b'', after=b''):
    h, w, bands = samples.shape
    step = max(1, bands * bits // 8)
    if interlaced:
        passes = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)]
        data = b''
        for y, dy, x, dx in passes:
            part = samples[y::dy, x::dx]
            if part.size:
                data += filtered(packed_rows(part, bits), step)
    else:
        data = filtered(packed_rows(samples, bits), step)
    header = struct.pack('>IIBBBBB', w, h, bits, kind, 0, 0, int(interlaced))
    stream = zlib.compress(data, 9)
    half = len(stream) // 2
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + before + chunk(b'IDAT', stream[:half])
            + chunk(b'IDAT', stream[half:]) + after + chunk(b'IEND', b''))


def high(samples):
    """What 16-bit samples become; grey three times."""
    pixels = (samples >> 8).astype(np.uint8)
    return Image.fromarray(np.repeat(pixels, 3, 2) if pixels.shape[2] == 1 else pixels, 'RGB')


def pngs():
    full = rgba(1)
    wide = full.astype(np.int64) * 257 + 3 - (full > 200) * 3
    palette = bytes(rgba(2, 16, 16)[..., :3].reshape(-1))
    for laced in (False, True):
        end = '-interlaced' if laced else ''
        for bits in (1, 2, 4, 8):
            grey = full[..., :1] >> (8 - bits)
            keep('grey-%d%s.png' % (bits, end), png(grey, 0, bits, laced))
            keep('palette-%d%s.png' % (bits, end), png(grey, 3, bits, laced, chunk(b'PLTE', palette[:3 << bits])))
        keep('rgb-8%s.png' % end, png(full[..., :3], 2, 8, laced))
        keep('rgba-8%s.png' % end, png(full, 6, 8, laced))
        keep('greyalpha-8%s.png' % end, png(full[..., [0, 3]], 4, 8, laced))
        keep('grey-16%s.png' % end, png(wide[..., :1], 0, 16, laced), high(wide[..., :1]))
        keep('rgb-16%s.png' % end, png(wide[..., :3], 2, 16, laced))
        keep('rgba-16%s.png' % end, png(wide, 6, 16, laced))
    keep('greyalpha-16.png', png(wide[..., [0, 3]], 4, 16))
    few = full[..., :1] >> 6
    keep('palette-transparency.png', png(few, 3, 2, before=chunk(b'PLTE', palette[:12]) + chunk(b'tRNS', b'\x00\x80')))
    # by hand: Pillow 9.4.0 compares the colour with samples that are spread over 8 bits already
    seen = Image.fromarray(np.concatenate([np.repeat(few * 85, 3, 2), np.where(few == 2, 0, 255)], 2).astype(np.uint8), 'RGBA')
    keep('grey-transparency.png', png(few, 0, 2, before=chunk(b'tRNS', b'\0\2')), seen)
    keep('grey-transparency-8.png', png(few * 70, 0, 8, before=chunk(b'tRNS', b'\0\x8c')))
    colour = np.where(full[..., 3:] > 128, full[..., :3], np.array([9, 8, 7], np.uint8))
    keep('rgb-transparency.png', png(colour, 2, 8, before=chunk(b'tRNS', b'\0\x09\0\x08\0\x07')))
    for code in range(1, 9):
        tiff = exif(code)[6:]
        keep('turned-%d.png' % code, png(full[..., :3], 2, 8, before=chunk(b'eXIf', tiff)))


# BMP by hand


def bmp(h, w, bits, rows, compression=0, palette=b'', header=40, masks=b'', size=None):
    body = rows if isinstance(rows, bytes) else b''.join(r + bytes(-len(r) % 4) for r in rows[::-1])
    if header == 12:
        info = struct.pack('<IHHHH', 12, w, h, 1, bits)
    else:
        colours = len(palette) // 4
        info = struct.pack('<IiiHHIIiiII', header, w, size or h, 1, bits, compression, len(body), 0, 0, colours, 0)
        info += masks
        info += bytes(max(0, header - len(info)))
    start = 14 + len(info) + len(palette)
    return b'BM' + struct.pack('<IHHI', start + len(body), 0, 0, start) + info + palette + body


def runs(index, halves):
    """Runs, single pixels and the end marks; rows from the bottom."""
    out = b''
    for row in index[::-1]:
        row = [int(v) for v in row]
        x = 0
        while x < len(row):
            n = 1
            while x + n < len(row) and row[x + n] == row[x] and n < 255:
                n += 1
            if n > 2 or len(row) - x < 6:
                out += bytes([n, row[x] * 17 if halves else row[x]])
            else:
                n = 5
                part = row[x:x + n]
                if halves:
                    part = part + [0] * (len(part) % 2)
                    data = bytes(part[i] * 16 + part[i + 1] for i in range(0, len(part), 2))
                else:
                    data = bytes(part)
                out += bytes([0, n]) + data + bytes(len(data) % 2)
            x += n
        out += b'\0\0'
    return out[:-2] + b'\0\1'


def bmps():
    full = rgba(3)
    bgr = full[..., [2, 1, 0]]
    colours = np.concatenate([rgba(4, 16, 16)[..., :3].reshape(-1, 3), np.zeros((256, 1), np.uint8)], 1)
    for bits in (1, 4, 8):
        index = full[..., :1] >> (8 - bits)
        rows = packed_rows(index, bits)
        keep('palette-%d.bmp' % bits, bmp(H, W, bits, rows, palette=colours[:1 << bits].tobytes()))
    three = colours[:16, :3].tobytes()
    keep('os2.bmp', bmp(H, W, 4, packed_rows(full[..., :1] >> 4, 4), palette=three, header=12))
    keep('rgb.bmp', bmp(H, W, 24, [r.tobytes() for r in bgr]))
    keep('rgb-from-top.bmp', bmp(H, W, 24, [r.tobytes() for r in bgr[::-1]], size=-H))
    keep('rgbx.bmp', bmp(H, W, 32, [r.tobytes() for r in full[..., [2, 1, 0, 3]]]))
    masks = struct.pack('<IIII', 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    keep('rgba.bmp', bmp(H, W, 32, [r.tobytes() for r in full[..., [2, 1, 0, 3]]], 3, header=108, masks=masks))
    keep('rgba-5.bmp', bmp(H, W, 32, [r.tobytes() for r in full[..., [2, 1, 0, 3]]], 3, header=124, masks=masks))
    # masks mean nothing here
    keep('rgbx-5.bmp', bmp(H, W, 32, [r.tobytes() for r in full[..., [2, 1, 0, 3]]], header=124, masks=masks))
    r, g, b = (full[..., i].astype(np.uint16) for i in range(3))
    for name, bits, value, masks in (
            ('555', 16, (r >> 3) << 10 | (g >> 3) << 5 | b >> 3, b''),
            ('565', 16, (r >> 3) << 11 | (g >> 2) << 5 | b >> 3, struct.pack('<III', 0xF800, 0x7E0, 0x1F))):
        rows = [row.astype('<u2').tobytes() for row in value]
        keep('rgb-%s.bmp' % name, bmp(H, W, bits, rows, 3 if masks else 0, masks=masks))
    steps = np.repeat(full[::, ::4, 0], 4, 1)[:, :W]
    keep('runs-8.bmp', bmp(H, W, 8, runs(steps, False), 1, palette=colours.tobytes()))
    keep('runs-4.bmp', bmp(H, W, 4, runs(steps >> 4, True), 2, palette=colours[:16].tobytes()))
    # by hand: Pillow 9.4.0 reads two bytes too many behind a move
    moved = b'\4\7\0\2\3\1\5\x09\0\0\2\1' + bytes([0, 2, W - 3, H - 3]) + b'\1\5\0\1'
    shown = np.zeros((H, W), np.uint8)
    shown[0, :4], shown[1, 7:12], shown[2, :2], shown[H - 1, W - 1] = 7, 9, 1, 5
    given = Image.fromarray(colours[shown[::-1]][..., 2::-1].copy(), 'RGB')
    keep('runs-moved.bmp', bmp(H, W, 8, moved, 1, palette=colours.tobytes()), given)


# GIF


def gifs():
    full = rgba(5)
    image = Image.fromarray(full[..., :3], 'RGB')
    for colours in (2, 7, 256):
        keep('colours-%d.gif' % colours, saved(image.quantize(colours), 'GIF', interlace=0))
        few = (colours - 1).bit_length() - 1
        # Pillow writes 256
        if few < 7:
            whole = saved(image.quantize(colours), 'GIF', interlace=0)
            keep('table-%d.gif' % (2 << few), whole[:10] + bytes([0x80 | few]) + whole[11:13 + 3 * (2 << few)] + whole[13 + 768:])
    keep('interlaced.gif', saved(image.quantize(40), 'GIF', interlace=1))
    keep('grey.gif', saved(image.convert('L'), 'GIF', interlace=0))
    keep('transparent.gif', saved(image.quantize(9), 'GIF', transparency=3, interlace=0))
    noise = Image.fromarray(np.random.default_rng(6).integers(0, 256, (30, 60), dtype=np.uint8), 'L')
    keep('full-table.gif', saved(noise, 'GIF', interlace=0))
    flat = Image.new('P', (700, 500), 1)
    flat.putpalette([1, 2, 3, 200, 100, 50])
    keep('long-strings.gif', saved(flat, 'GIF', interlace=0))
    moving = [image.quantize(8), image.transpose(Image.FLIP_LEFT_RIGHT).quantize(8)]
    keep('animated.gif', saved(moving[0], 'GIF', save_all=True, append_images=moving[1:]))
    whole = saved(image.quantize(16), 'GIF', interlace=0)
    # the frame lies on a larger screen, with and without a transparent colour
    at = whole.index(b',' + bytes(4) + struct.pack('<HH', W, H))
    placed = bytearray(whole)
    placed[6:10] = struct.pack('<HH', W + 9, H + 6)
    placed[at + 1:at + 5] = struct.pack('<HH', 4, 3)
    keep('placed.gif', bytes(placed))
    control = b'!\xf9\x04\x01\0\0\x05\0'
    keep('placed-transparent.gif', bytes(placed[:at]) + control + bytes(placed[at:]))
    outside = bytearray(whole)
    outside[at + 1:at + 5] = struct.pack('<HH', 2, 1)
    keep('outside.gif', bytes(outside))


# TIFF by hand: tiles, planes, 16-bit colours, opacity


def lzw(data):
    codes = {bytes([i]): i for i in range(256)}
    out, width, word = [(256, 9)], 9, b''
    for value in data:
        longer = word + bytes([value])
        if longer in codes:
            word = longer
            continue
        out.append((codes[word], width))
        codes[longer] = len(codes) + 2
        if len(codes) + 2 == 1 << width:
            width += 1
        if len(codes) + 2 == 4095:
            out.append((256, width))
            codes = {bytes([i]): i for i in range(256)}
            width = 9
        word = bytes([value])
    out += [(codes[word], width), (257, width)]
    ones = ''.join(format(c, '0%db' % w) for c, w in out)
    ones += '0' * (-len(ones) % 8)
    return bytes(int(ones[i:i + 8], 2) for i in range(0, len(ones), 8))


def pack_bits(data):
    out = b''
    for i in range(0, len(data), 50):
        part = data[i:i + 50]
        out += bytes([256 - len(part) + 1, part[0]]) if len(set(part)) == 1 and len(part) > 1 else bytes([len(part) - 1]) + part
    return out


PACKED = {1: lambda d: d, 5: lzw, 8: zlib.compress, 32773: pack_bits}


def tiff(samples, bits, photometric, compression=1, big=False, rows=5, tile=None, planar=False, differences=False,
         palette=None, extra=None, orientation=None):
    order = '>' if big else '<'
    h, w, bands = samples.shape

    def coded(part):
        part = part.astype(np.int64)
        if differences:
            part = np.concatenate([part[:, :1], np.diff(part, axis=1)], 1) % (1 << bits)
        lines = packed_rows(part, bits)
        if bits == 16 and not big:
            lines = [np.frombuffer(line, '>u2').astype('<u2').tobytes() for line in lines]
        return PACKED[compression](b''.join(lines))

    planes = [samples[..., i:i + 1] for i in range(bands)] if planar else [samples]
    pieces = []
    for plane in planes:
        if tile:
            for y in range(0, h, tile):
                for x in range(0, w, tile):
                    part = np.zeros((tile, tile, plane.shape[2]), samples.dtype)
                    cut = plane[y:y + tile, x:x + tile]
                    part[:cut.shape[0], :cut.shape[1]] = cut
                    pieces.append(coded(part))
        else:
            pieces += [coded(plane[y:y + rows]) for y in range(0, h, rows)]
    offsets, body = [], b''
    for piece in pieces:
        body += bytes(len(body) % 2)
        offsets.append(8 + len(body))
        body += piece
    body += bytes(len(body) % 2)
    lengths = [len(p) for p in pieces]
    tags = {256: (4, [w]), 257: (4, [h]), 258: (3, [bits] * bands), 259: (3, [compression]), 262: (3, [photometric]),
            277: (3, [bands]), 284: (3, [2 if planar else 1])}
    if tile:
        tags |= {322: (3, [tile]), 323: (3, [tile]), 324: (4, offsets), 325: (4, lengths)}
    else:
        tags |= {273: (4, offsets), 278: (3, [rows]), 279: (4, lengths)}
    if differences:
        tags[317] = (3, [2])
    if palette is not None:
        tags[320] = (3, palette)
    if extra is not None:
        tags[338] = (3, [extra])
    if orientation:
        tags[274] = (3, [orientation])
    start = 8 + len(body)
    behind = start + 2 + 12 * len(tags) + 4
    entries, values = b'', b''
    for tag in sorted(tags):
        kind, numbers = tags[tag]
        data = b''.join(struct.pack(order + {3: 'H', 4: 'I'}[kind], n) for n in numbers)
        if len(data) > 4:
            where = struct.pack(order + 'I', behind + len(values))
            values += data
        else:
            where = data + bytes(4 - len(data))
        entries += struct.pack(order + 'HHI', tag, kind, len(numbers)) + where
    return ((b'MM\0*' if big else b'II*\0') + struct.pack(order + 'I', start) + body
            + struct.pack(order + 'H', len(tags)) + entries + bytes(4) + values)


def tiffs():
    full = rgba(7)
    grey = full[..., :1]
    wide = full.astype(np.int64) * 257 - (full > 200) * 7
    levels = [int(v) * 257 for v in rgba(8, 16, 16)[..., :3].reshape(-1, 3).T.reshape(-1)]
    flat = np.repeat(full[:, ::5], 5, 1)[:, :W]
    for number, name in ((1, 'none'), (5, 'lzw'), (8, 'deflate'), (32773, 'packbits')):
        keep('rgb-%s.tif' % name, tiff(flat[..., :3], 8, 2, number))
        keep('rgb-%s-tiles.tif' % name, tiff(full[..., :3], 8, 2, number, tile=16))
        keep('grey-%s.tif' % name, tiff(grey, 8, 1, number, big=True))
    for number, name in ((5, 'lzw'), (8, 'deflate')):
        keep('rgb-%s-differences.tif' % name, tiff(full[..., :3], 8, 2, number, differences=True))
        keep('rgb-16-%s-differences.tif' % name, tiff(wide[..., :3], 16, 2, number, differences=True, big=number == 5), high(wide[..., :3]))
    for bits in (1, 4, 8):
        keep('white-is-zero-%d.tif' % bits, tiff(grey >> (8 - bits), bits, 0))
        keep('black-is-zero-%d.tif' % bits, tiff(grey >> (8 - bits), bits, 1, 32773))
    for bits in (1, 2, 4, 8):
        count = 1 << bits
        palette = [levels[i] for c in range(3) for i in range(256 * c, 256 * c + count)]
        keep('palette-%d.tif' % bits, tiff(grey >> (8 - bits), bits, 3, 5, palette=palette))
    keep('black-is-zero-2.tif', tiff(grey >> 6, 2, 1))
    for big in (False, True):
        end = '-big' if big else ''
        keep('grey-16%s.tif' % end, tiff(wide[..., :1], 16, 1, big=big), high(wide[..., :1]))
        keep('rgb-16%s.tif' % end, tiff(wide[..., :3], 16, 2, big=big), high(wide[..., :3]))
    keep('white-is-zero-16.tif', tiff(wide[..., :1], 16, 0), high(65535 - wide[..., :1]))
    keep('rgb-planes.tif', tiff(full[..., :3], 8, 2, 8, planar=True))
    keep('rgb-planes-tiles.tif', tiff(full[..., :3], 8, 2, 5, planar=True, tile=16))
    keep('rgb-16-planes.tif', tiff(wide[..., :3], 16, 2, 8, planar=True, differences=True), high(wide[..., :3]))
    keep('rgba-planes.tif', tiff(full, 8, 2, 5, planar=True, extra=2))
    keep('rgba.tif', tiff(full, 8, 2, 5, extra=2))
    keep('rgba-unnamed.tif', tiff(full, 8, 2, 5))
    keep('rgbx.tif', tiff(full, 8, 2, 5, extra=0))
    keep('greyalpha.tif', tiff(full[..., [0, 3]], 8, 1, 8, extra=2))
    for code in (2, 3, 4, 5, 6, 7, 8):
        keep('turned-%d.tif' % code, tiff(full[..., :3], 8, 2, orientation=code))
    image = Image.fromarray(full[..., :3], 'RGB')
    keep('profile.tif', saved(image, 'TIFF', icc_profile=b'no profile'))
    keep('pillow-pages.tif', saved(image, 'TIFF', save_all=True, append_images=[Image.new('RGB', (3, 3))], compression='tiff_lzw'))


# WebP


def webps():
    full = rgba(9)
    image, clear = Image.fromarray(full[..., :3], 'RGB'), Image.fromarray(full, 'RGBA')
    keep('lossless.webp', saved(image, 'WEBP', lossless=True))
    keep('lossless-alpha.webp', saved(clear, 'WEBP', lossless=True, exact=True))
    keep('lossless-palette.webp', saved(image.quantize(5).convert('RGB'), 'WEBP', lossless=True))
    keep('lossless-grey.webp', saved(image.convert('L').convert('RGB'), 'WEBP', lossless=True))
    big = Image.fromarray(rgba(10, 50, 70)[..., :3], 'RGB')
    smooth = big.resize((35, 25)).resize((70, 50), Image.BICUBIC)
    keep('lossless-large.webp', saved(smooth.quantize(30).convert('RGB'), 'WEBP', lossless=True, method=6))
    keep('profile.webp', saved(image, 'WEBP', lossless=True, icc_profile=b'no profile'))
    soft, veiled = Image.fromarray(gentle(12, 45, 70)[..., :3], 'RGB'), Image.fromarray(gentle(13, 27, 38), 'RGBA')
    for quality in (1, 50, 90):
        keep('lossy-%d.webp' % quality, saved(soft, 'WEBP', quality=quality, method=6))
    for method in (0, 3):
        keep('lossy-method-%d.webp' % method, saved(soft, 'WEBP', quality=70, method=method))
    keep('lossy-alpha.webp', saved(veiled, 'WEBP', quality=60))
    keep('lossy-alpha-coarse.webp', saved(veiled, 'WEBP', quality=60, alpha_quality=20))
    keep('lossy-alpha-fast.webp', saved(veiled, 'WEBP', quality=60, method=0))
    # its first block is predicted by true motion, from edges that are not there
    keep('lossy-true-motion.webp', saved(clear, 'WEBP', quality=60, method=0))
    keep('lossy-turned-6.webp', saved(soft, 'WEBP', quality=60, exif=exif(6)))
    keep('lossy-animated.webp', saved(veiled, 'WEBP', save_all=True, quality=80, append_images=[Image.new('RGBA', veiled.size)]))
    for code in (2, 5, 8):
        keep('turned-%d.webp' % code, saved(image, 'WEBP', lossless=True, exif=exif(code)))
    keep('animated.webp', saved(clear, 'WEBP', save_all=True, lossless=True, append_images=[Image.new('RGBA', clear.size)]))
    odd = Image.fromarray(rgba(11, 1, 1)[..., :3], 'RGB')
    keep('lossy-pixel.webp', saved(odd, 'WEBP', quality=80))
    keep('lossless-pixel.webp', saved(odd, 'WEBP', lossless=True))


def expected(name, given):
    image = given or Image.open(HERE / name)
    # Pillow 9.4.0 turns a TIFF as it is loaded, and exif_transpose would turn it once more
    if not given and not name.endswith('.tif'):
        image = ImageOps.exif_transpose(image)
    clear = image.convert('RGBA')
    seen = np.asarray(clear)[..., 3].min() < 255
    white = Image.new('RGBA', clear.size, (255, 255, 255, 255))
    pixels = np.asarray(Image.alpha_composite(white, clear).convert('RGB'))
    return pixels, seen


def main():
    for old in HERE.glob('*.*'):
        if old.suffix in ('.png', '.bmp', '.gif', '.tif', '.webp'):
            old.unlink()
    for make in (pngs, bmps, gifs, tiffs, webps):
        make()
    lines = []
    for name in sorted(made):
        pixels, seen = expected(name, made[name])
        if len(sys.argv) > 1:
            (Path(sys.argv[1]) / (name + '.raw')).write_bytes(pixels.tobytes())
        if name.startswith('lossy'):
            Image.fromarray(pixels, 'RGB').save(HERE / (name + '.png'), optimize=True)
        digest = hashlib.sha256(pixels.tobytes()).hexdigest()
        lines.append('\t'.join([name, str(pixels.shape[0]), str(pixels.shape[1]), digest, str(seen).lower()]))
    (HERE / 'expected.tsv').write_text('\n'.join(lines) + '\n')


main()
