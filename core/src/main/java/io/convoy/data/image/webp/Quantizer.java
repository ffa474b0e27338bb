package io.convoy.data.image.webp;

/**
 * What coefficients are multiplied by (RFC 6386, sections 9.6 and 14.1): the first of a block, and
 * the others.
 *
 * @param luma of blocks of luma
 * @param means of the block of their means
 * @param chroma of blocks of chroma
 */
record Quantizer(int[] luma, int[] means, int[] chroma) {
  private static final int HIGHEST = 127;
  private static final int HIGHEST_OF_CHROMA = 117;

  /** The steps of each segment. */
  static Quantizer[] read(BoolReader in, boolean segmented, boolean absolute, int[] steps) {
    int base = in.number(7);
    int luma = in.optional(4);
    int meansFirst = in.optional(4);
    int meansOthers = in.optional(4);
    int chromaFirst = in.optional(4);
    int chromaOthers = in.optional(4);
    Quantizer[] quantizers = new Quantizer[steps.length];
    for (int i = 0; i < steps.length; i++) {
      int index = !segmented ? base : absolute ? steps[i] : base + steps[i];
      quantizers[i] =
          new Quantizer(
              new int[] {first(index + luma, HIGHEST), others(index)},
              new int[] {
                2 * first(index + meansFirst, HIGHEST),
                Math.max(8, others(index + meansOthers) * 155 / 100)
              },
              new int[] {
                first(index + chromaFirst, HIGHEST_OF_CHROMA), others(index + chromaOthers)
              });
    }
    return quantizers;
  }

  private static int first(int index, int highest) {
    return Tables.FIRST_STEPS[Math.max(0, Math.min(highest, index))];
  }

  private static int others(int index) {
    return Tables.OTHER_STEPS[Math.max(0, Math.min(HIGHEST, index))];
  }
}
