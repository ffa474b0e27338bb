package io.convoy.data.image.jpeg;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.JpegKernels;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes JPEG files: baseline, extended (8 bit) and progressive, with Huffman coding; ITU-T T.81.
 * Pixels are those of libjpeg-turbo's defaults: accurate integer inverse DCT, interpolated
 * ("fancy") chroma, its tables of colours; at the full size, and at 1/2, 1/4 and 1/8.
 *
 * <p>Bytes that do not say all pixels are damage: nothing is made up. Of a progressive file that is
 * whole, but lacks scans, each pixel is there, though coarse: its blocks are smoothed. Not for
 * several threads at once: it keeps its memory from one image to the next.
 */
public final class JpegDecoder {
  private final JpegKernels kernels;
  private final JpegReader reader = new JpegReader();
  private final EntropyCodedData data = new EntropyCodedData();
  private final ScanPieces pieces = new ScanPieces();
  private final SequentialScan sequential = new SequentialScan(pieces.reader());
  private final ComponentPlane[] planes = new ComponentPlane[4];
  private final int[][] groups = new int[Frame.MAX_UNIT_BLOCKS][SequentialScan.GROUP_LENGTH];
  private final StoredScans stored;
  private final PixelRows rows;
  private Scan scan;
  private String name;
  private boolean complete;

  public JpegDecoder(JpegKernels kernels) {
    this.kernels = kernels;
    stored = new StoredScans(kernels, reader, data, pieces);
    rows = new PixelRows(kernels);
    Arrays.setAll(planes, i -> new ComponentPlane());
  }

  /** Whether some bytes begin as a JPEG does. */
  public static boolean matches(byte[] encoded) {
    return JpegReader.matches(encoded);
  }

  /**
   * Reads all before the first scan.
   *
   * @param encoded a whole file; it is kept until the next one
   * @param name the file's name, for errors
   * @throws ConvoyException of kind DATA where it is damaged, or a JPEG of a kind that is not read
   */
  public void open(byte[] encoded, String name) {
    this.name = name;
    complete = true;
    try {
      reader.start(encoded);
      scan = reader.nextScan();
      if (scan == null) {
        throw JpegDamage.damaged(
            reader.frame() == null ? "it has no frame header" : "it has no scan");
      }
    } catch (JpegDamage damage) {
      throw damage.of(name);
    }
  }

  /** Of the open image, in pixels, as stored. */
  public int height() {
    return reader.frame().height();
  }

  /** Of the open image, in pixels, as stored. */
  public int width() {
    return reader.frame().width();
  }

  /** What the planes mean that {@link #decode} gives; YCbCr becomes RGB, YCCK becomes CMYK. */
  public JpegColours colours() {
    return reader.colours();
  }

  /** Where the TIFF structure of the first EXIF segment begins; its end where there is none. */
  public int exifStart() {
    return reader.exifStart();
  }

  /** The end of that structure. */
  public int exifEnd() {
    return reader.exifEnd();
  }

  /**
   * Decodes a piece of the open image, once after it was opened. What lies outside of the piece,
   * and what a smaller scale does not need, costs no more than to be passed over.
   *
   * @param crop in pixels of the image at the scale
   * @param to gets grey; red, green and blue; or cyan, magenta, yellow and black
   * @throws ConvoyException of kind DATA where the file is damaged, as far as the piece needs it
   */
  public void decode(Scale scale, Crop crop, Planes to) {
    if (crop.top() + crop.height() > scale.of(height())
        || crop.left() + crop.width() > scale.of(width())) {
      throw new IllegalArgumentException(
          "%s leaves the image of %sx%s pixels at scale %s"
              .formatted(crop, scale.of(height()), scale.of(width()), scale));
    }
    try {
      decodePiece(scale, crop, to);
    } catch (JpegDamage damage) {
      throw damage.of(name);
    }
  }

  private void decodePiece(Scale scale, Crop crop, Planes to) {
    Frame frame = reader.frame();
    List<Component> components = frame.components();
    int scaled = scale.blockSize();
    Units units = Units.around(frame, scaled, crop.top(), crop.left(), crop.height(), crop.width());
    for (int i = 0; i < components.size(); i++) {
      planes[i].start(frame, components.get(i), scaled, units);
    }
    if (!frame.progressive() && scan.parts().size() == components.size()) {
      decodeAtOnce(frame, units);
    } else {
      complete = stored.decode(scan, planes, units);
    }
    for (int i = 0; i < components.size(); i++) {
      if (planes[i].enlargeH() > 1) {
        planes[i].extendRows();
      }
    }
    rows.write(planes, components.size(), reader.colours(), scaled > 1, crop, to);
  }

  /** The bytes so far that belong to no segment, or stand behind the data of one. */
  public int extraneousBytes() {
    return reader.extraneousBytes();
  }

  /**
   * Whether the image that was decoded is coarser than its file could say: a progressive file that
   * is whole, but lacks scans.
   */
  public boolean lacksScans() {
    return !complete;
  }

  private void decodeAtOnce(Frame frame, Units units) {
    reader.read(data);
    pieces.start(data, reader.restartInterval());
    new InterleavedScan(reader, scan, planes, pieces, sequential, kernels, groups)
        .decode(frame, units);
    if (units.bottom() < frame.unitRows()) {
      return;
    }
    reader.addExtraneousBytes(pieces.finish());
    if (reader.nextScan() != null) {
      throw JpegDamage.damaged("it has a scan behind its last one");
    }
  }
}
