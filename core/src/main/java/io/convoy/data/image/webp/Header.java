package io.convoy.data.image.webp;

/**
 * A frame's header (RFC 6386, sections 9.2 to 9.11).
 *
 * @param segments whether blocks name the segment that they belong to
 * @param segmentProbabilities of the two bits that name it
 * @param quantizers of each segment
 * @param filter of each segment, for whole blocks and for blocks in parts
 * @param partitions of the coefficients, for rows in turns
 * @param coefficients their probabilities, as {@link Tables#COEFFICIENTS}
 * @param skipProbability that a block has coefficients; -1 where each has
 */
record Header(
    boolean segments,
    int[] segmentProbabilities,
    Quantizer[] quantizers,
    FilterStrength[][] filter,
    boolean simpleFilter,
    BoolReader[] partitions,
    short[] coefficients,
    int skipProbability) {
  private static final int SEGMENTS = 4;

  /**
   * Reads a header, up to the modes of the first block.
   *
   * @param modes the first partition
   * @param bytes that hold the partitions of coefficients
   * @param start of what tells their sizes
   */
  static Header read(BoolReader modes, byte[] bytes, int start, int end) {
    modes.number(2); // colour space, and whether values need clamping: of no consequence here
    boolean segmented = modes.flag();
    boolean map = segmented && modes.flag();
    boolean absolute = true;
    int[] steps = new int[SEGMENTS];
    int[] strengths = new int[SEGMENTS];
    if (segmented && modes.flag()) {
      absolute = modes.flag();
      for (int i = 0; i < SEGMENTS; i++) {
        steps[i] = modes.optional(7);
      }
      for (int i = 0; i < SEGMENTS; i++) {
        strengths[i] = modes.optional(6);
      }
    }
    int[] probabilities = new int[3];
    for (int i = 0; i < 3; i++) {
      probabilities[i] = map && modes.flag() ? modes.number(8) : 255;
    }
    boolean simple = modes.flag();
    int level = modes.number(6);
    int sharpness = modes.number(3);
    int[] deltas = deltas(modes);
    FilterStrength[][] filter = new FilterStrength[SEGMENTS][2];
    for (int i = 0; i < SEGMENTS; i++) {
      int own = !segmented ? level : absolute ? strengths[i] : level + strengths[i];
      filter[i][0] = FilterStrength.of(level == 0 ? 0 : own + deltas[0], sharpness);
      filter[i][1] = FilterStrength.of(level == 0 ? 0 : own + deltas[0] + deltas[1], sharpness);
    }
    BoolReader[] partitions = partitions(1 << modes.number(2), bytes, start, end);
    Quantizer[] quantizers = Quantizer.read(modes, segmented, absolute, steps);
    modes.flag(); // whether probabilities stay for the next frame: there is none
    short[] coefficients = Tables.COEFFICIENTS.clone();
    for (int i = 0; i < coefficients.length; i++) {
      if (modes.bit(Tables.CHANGES[i]) == 1) {
        coefficients[i] = (short) modes.number(8);
      }
    }
    int skip = modes.flag() ? modes.number(8) : -1;
    return new Header(
        map, probabilities, quantizers, filter, simple, partitions, coefficients, skip);
  }

  /** What is added to the filter's level in a key frame: in every block, and in blocks in parts. */
  private static int[] deltas(BoolReader modes) {
    int[] all = new int[8];
    boolean used = modes.flag();
    if (used && modes.flag()) {
      for (int i = 0; i < all.length; i++) {
        all[i] = modes.optional(6);
      }
    }
    return new int[] {all[0], all[4]};
  }

  private static BoolReader[] partitions(int count, byte[] bytes, int start, int end) {
    BoolReader[] partitions = new BoolReader[count];
    int position = start + 3 * (count - 1);
    for (int i = 0; i < count; i++) {
      int size = end - position;
      if (size >= 0 && i < count - 1) {
        int at = start + 3 * i;
        size = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
      }
      if (size < 0 || size > end - position) {
        throw new DamagedFrameException("partition %s ends behind the data".formatted(i));
      }
      partitions[i] = new BoolReader(bytes, position, position + size);
      position += size;
    }
    return partitions;
  }
}
