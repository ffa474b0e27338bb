package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.List;

/**
 * Decodes an image of several scans: the coefficients of all of them go to memory, and those of the
 * piece that is wanted become samples.
 */
final class StoredScans {
  /** The most scans that are read: each costs time over the whole image. */
  private static final int MAX_SCANS = 500;

  private final JpegKernels kernels;
  private final JpegReader reader;
  private final EntropyCodedData data;
  private final ScanPieces pieces;
  private final SequentialScan sequential;
  private final ProgressiveScan progressive;
  private final int[] group = new int[SequentialScan.GROUP_LENGTH];

  StoredScans(JpegKernels kernels, JpegReader reader, EntropyCodedData data, ScanPieces pieces) {
    this.kernels = kernels;
    this.reader = reader;
    this.data = data;
    this.pieces = pieces;
    sequential = new SequentialScan(pieces.reader());
    progressive = new ProgressiveScan(pieces.reader());
  }

  /**
   * Decodes an image.
   *
   * @param first its first scan
   * @param planes by the components of the frame
   * @param units the piece of it that is wanted
   * @return whether all bits of all coefficients are there
   */
  boolean decode(Scan first, ComponentPlane[] planes, Units units) {
    List<Component> components = reader.frame().components();
    Coefficients[] stored = new Coefficients[components.size()];
    store(first, stored);
    for (int i = 0; i < stored.length; i++) {
      if (stored[i] == null) {
        throw JpegDamage.damaged(
            "a scan is missing: component %s has none", components.get(i).id());
      }
    }
    boolean smooth = BlockSmoothing.isWanted(stored);
    boolean complete = true;
    for (int i = 0; i < stored.length; i++) {
      reconstruct(planes[i], stored[i], smooth, units);
      complete &= stored[i].isComplete();
    }
    return complete;
  }

  private void store(Scan first, Coefficients[] stored) {
    int scans = 0;
    for (Scan scan = first; scan != null; scan = reader.nextScan()) {
      if (++scans > MAX_SCANS) {
        throw JpegDamage.unsupported("it has more than %s scans", MAX_SCANS);
      }
      reader.read(data);
      StoredScan current = new StoredScan(reader.frame(), scan, reader, pieces);
      current.prepare(stored, data.length());
      pieces.start(data, reader.restartInterval());
      if (reader.frame().progressive()) {
        current.decode(progressive, stored);
      } else {
        current.decode(sequential, stored, group);
      }
      reader.addExtraneousBytes(pieces.finish());
    }
  }

  private void reconstruct(ComponentPlane plane, Coefficients stored, boolean smooth, Units units) {
    BlockSmoothing smoothing = new BlockSmoothing(plane.component(), stored);
    int h = plane.component().h();
    int v = plane.component().v();
    for (int row = units.top() * v; row < units.bottom() * v; row++) {
      for (int from = units.left() * h; from < units.right() * h; from += JpegKernels.GROUP) {
        int count = Math.min(JpegKernels.GROUP, units.right() * h - from);
        stored.dequantize(row, from, count, group);
        if (smooth) {
          smoothing.apply(row, from, count, group);
        }
        kernels.inverseDct(
            group,
            plane.size(),
            plane.samples(),
            plane.blockAt(row - units.top() * v, from - units.left() * h),
            plane.stride());
      }
    }
  }
}
