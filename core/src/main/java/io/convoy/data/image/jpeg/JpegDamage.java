package io.convoy.data.image.jpeg;

/**
 * The bytes of a JPEG are at fault. {@link JpegDecoder} turns it into an error that names the file.
 */
final class JpegDamage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is to be done about it. */
  enum Kind {
    /** The bytes end, or contradict themselves. */
    DAMAGED,
    /** A whole file of a kind that this decoder does not read. */
    UNSUPPORTED
  }

  private final Kind kind;

  private JpegDamage(Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  static JpegDamage damaged(String reason, Object... values) {
    return new JpegDamage(Kind.DAMAGED, reason.formatted(values));
  }

  static JpegDamage unsupported(String reason, Object... values) {
    return new JpegDamage(Kind.UNSUPPORTED, reason.formatted(values));
  }

  Kind kind() {
    return kind;
  }
}
