package io.convoy.exchange.connect;

/** How much of a frame a {@link Seal} has to know: where its header and its payload end. */
public final class FrameLayout {
  /** Bytes of a header; the payload follows. */
  public static final int HEADER = 64;

  /**
   * Where in the header the checksum stands, at its end. It covers all before it and the payload; 0
   * in encrypted frames.
   */
  public static final int CHECKSUM_AT = HEADER - Integer.BYTES;

  /** Bytes of payload at the most: 96 KiB. */
  public static final int MAXIMUM_PAYLOAD = 96 << 10;

  private FrameLayout() {}
}
