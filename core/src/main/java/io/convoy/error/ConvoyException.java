package io.convoy.error;

import java.util.Locale;

/**
 * Something Convoy cannot go on with. The message is one line that gives the rule, the values, the
 * place and what to do; a command line prints it as it is and exits with {@link #exitCode()}.
 */
public class ConvoyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can mend it. */
  public enum Kind {
    /** The recipe, an argument, a network's shapes: the user's own words. */
    USAGE(2),
    /** Images, labels, packs, checkpoints: bytes that came from outside. */
    DATA(3),
    /** Memory, disk, network, slots of the cluster. */
    RESOURCE(4),
    /** The training itself: a loss that is no number. */
    DIVERGED(5),
    /** A defect of Convoy. */
    INTERNAL(70);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;

  public ConvoyException(Kind kind, String message) {
    this(kind, message, null);
  }

  public ConvoyException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** An error in the user's own words: recipe, argument, network. */
  public static ConvoyException usage(String format, Object... values) {
    return new ConvoyException(Kind.USAGE, text(format, values));
  }

  /** An error in bytes that came from outside. */
  public static ConvoyException data(String format, Object... values) {
    return new ConvoyException(Kind.DATA, text(format, values));
  }

  /** A lack of memory, disk, network or slots. */
  public static ConvoyException resource(String format, Object... values) {
    return new ConvoyException(Kind.RESOURCE, text(format, values));
  }

  /** Numbers are written alike whatever the language of the machine. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  public Kind kind() {
    return kind;
  }

  /** The exit code of a process that ends for this reason. */
  public int exitCode() {
    return kind.exitCode;
  }
}
