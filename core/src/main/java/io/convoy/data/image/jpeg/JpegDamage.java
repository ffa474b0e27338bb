package io.convoy.data.image.jpeg;

import io.convoy.error.ConvoyException;

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

  /** The error of a file. */
  ConvoyException of(String name) {
    String text =
        switch (kind) {
          case DAMAGED ->
              "%s: the JPEG is damaged (%s): fetch it again, or take it out of the data set";
          case UNSUPPORTED ->
              "%s: the JPEG is of a kind that is not read (%s): convert it, or take it out of the"
                  + " data set";
        };
    return new ConvoyException(ConvoyException.Kind.DATA, text.formatted(name, getMessage()), this);
  }
}
