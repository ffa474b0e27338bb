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
 * <p>Bytes that do not say all pixels are damage: nothing is made up. Not for several threads at
 * once: it keeps its memory from one image to the next.
 */
public final class JpegDecoder {
  /** The most scans that are read: each costs time over the whole image. */
  private static final int MAX_SCANS = 500;

  private final JpegKernels kernels;
  private final JpegReader reader = new JpegReader();
  private final EntropyCodedData data = new EntropyCodedData();
  private final SequentialScan sequential = new SequentialScan();
  private final ProgressiveScan progressive = new ProgressiveScan();
  private final ComponentPlane[] planes = new ComponentPlane[4];
  private final int[][] groups = new int[Frame.MAX_UNIT_BLOCKS][SequentialScan.GROUP_LENGTH];
  private final PixelRows rows;
  private Scan scan;
  private String name;

  public JpegDecoder(JpegKernels kernels) {
    this.kernels = kernels;
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
      decodeScans(frame, units);
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

  private void decodeAtOnce(Frame frame, Units units) {
    reader.read(data);
    requireSequential(scan);
    sequential.start(data, reader.restartInterval());
    int count = frame.components().size();
    UnitDecoder unit = new UnitDecoder(count);
    for (int row = 0; row < units.bottom(); row++) {
      if (row < units.top()) {
        unit.skip(0, frame.unitColumns());
        continue;
      }
      unit.skip(0, units.left());
      for (int column = units.left(); column < units.right(); column += JpegKernels.GROUP) {
        int end = Math.min(units.right(), column + JpegKernels.GROUP);
        unit.decode(row - units.top(), column - units.left(), end - column);
      }
      unit.skip(units.right(), frame.unitColumns());
    }
    if (units.bottom() < frame.unitRows()) {
      return;
    }
    sequential.finish();
    reader.addExtraneousBytes(sequential.unusedBytes());
    if (reader.nextScan() != null) {
      throw JpegDamage.damaged("it has a scan behind its last one");
    }
  }

  private static void requireSequential(Scan scan) {
    if (scan.first() != 0 || scan.last() != 63 || scan.high() != 0 || scan.low() != 0) {
      throw JpegDamage.damaged(
          "a sequential image has a scan of coefficients %s to %s, bits %s to %s",
          scan.first(), scan.last(), scan.high(), scan.low());
    }
  }

  /** Decodes units of an interleaved scan, up to a group of them at a time. */
  private final class UnitDecoder {
    private final HuffmanTable[] dc;
    private final HuffmanTable[] ac;
    private final int[][] quantization;
    private final int[] last;
    private final int[] planeOf;
    private int groupsInUse;

    UnitDecoder(int count) {
      dc = new HuffmanTable[count];
      ac = new HuffmanTable[count];
      quantization = new int[count][];
      last = new int[count];
      planeOf = new int[count];
      for (int i = 0; i < count; i++) {
        Scan.Part part = scan.parts().get(i);
        dc[i] = reader.huffman().dc(part.dc());
        ac[i] = reader.huffman().ac(part.ac());
        planeOf[i] = part.index();
        Component component = planes[part.index()].component();
        quantization[i] = reader.quantization(component);
        groupsInUse += component.h() * component.v();
      }
    }

    void skip(int from, int to) {
      for (int unit = from; unit < to; unit++) {
        startUnit();
        for (int i = 0; i < dc.length; i++) {
          Component component = planes[planeOf[i]].component();
          for (int block = component.h() * component.v(); block > 0; block--) {
            last[i] = sequential.skip(dc[i], ac[i], last[i]);
          }
        }
      }
    }

    private void startUnit() {
      if (sequential.next()) {
        Arrays.fill(last, 0);
      }
    }

    void decode(int row, int column, int units) {
      for (int group = 0; group < groupsInUse; group++) {
        Arrays.fill(groups[group], 0);
      }
      for (int unit = 0; unit < units; unit++) {
        startUnit();
        int first = 0;
        for (int i = 0; i < dc.length; i++) {
          first = decodeUnit(i, unit, first);
        }
      }
      int first = 0;
      for (int part : planeOf) {
        first = transform(planes[part], row, column, units, first);
      }
    }

    /** Decodes a component's blocks of a unit; a row of blocks has as many groups as columns. */
    private int decodeUnit(int i, int unit, int first) {
      Component component = planes[planeOf[i]].component();
      int h = component.h();
      for (int v = 0; v < component.v(); v++) {
        for (int block = unit * h; block < unit * h + h; block++) {
          int[] group = groups[first + v * h + block / JpegKernels.GROUP];
          int place = JpegKernels.place(block % JpegKernels.GROUP);
          if (planes[planeOf[i]].size() == 1) {
            last[i] = sequential.skip(dc[i], ac[i], last[i]);
            group[place] = (short) last[i] * quantization[i][0];
          } else {
            last[i] = sequential.block(dc[i], ac[i], quantization[i], group, place, last[i]);
          }
        }
      }
      return first + h * component.v();
    }
  }

  private int transform(ComponentPlane plane, int row, int column, int units, int first) {
    int h = plane.component().h();
    int v = plane.component().v();
    for (int blockRow = 0; blockRow < v; blockRow++) {
      for (int block = 0; block < units * h; block += JpegKernels.GROUP) {
        kernels.inverseDct(
            groups[first + blockRow * h + block / JpegKernels.GROUP],
            plane.size(),
            plane.samples(),
            plane.blockAt(row * v + blockRow, column * h + block),
            plane.stride());
      }
    }
    return first + h * v;
  }

  private void decodeScans(Frame frame, Units units) {
    List<Component> components = frame.components();
    Coefficients[] stored = new Coefficients[components.size()];
    int scans = 0;
    while (scan != null) {
      if (++scans > MAX_SCANS) {
        throw JpegDamage.unsupported("it has more than %s scans", MAX_SCANS);
      }
      reader.read(data);
      StoredScan current = new StoredScan(frame, scan, reader, data);
      current.prepare(stored);
      reader.addExtraneousBytes(
          frame.progressive()
              ? current.decode(progressive, stored)
              : current.decode(sequential, stored, groups[0]));
      scan = reader.nextScan();
    }
    for (int i = 0; i < stored.length; i++) {
      if (stored[i] == null) {
        throw JpegDamage.damaged(
            "a scan is missing: component %s has none", components.get(i).id());
      }
      stored[i].requireComplete();
    }
    for (int row = units.top(); row < units.bottom(); row++) {
      for (int i = 0; i < stored.length; i++) {
        reconstruct(planes[i], stored[i], row, units);
      }
    }
  }

  private void reconstruct(ComponentPlane plane, Coefficients stored, int unitRow, Units units) {
    int h = plane.component().h();
    int v = plane.component().v();
    for (int blockRow = 0; blockRow < v; blockRow++) {
      for (int from = units.left() * h; from < units.right() * h; from += JpegKernels.GROUP) {
        int count = Math.min(JpegKernels.GROUP, units.right() * h - from);
        stored.dequantize(unitRow * v + blockRow, from, count, groups[0]);
        kernels.inverseDct(
            groups[0],
            plane.size(),
            plane.samples(),
            plane.blockAt((unitRow - units.top()) * v + blockRow, from - units.left() * h),
            plane.stride());
      }
    }
  }
}
