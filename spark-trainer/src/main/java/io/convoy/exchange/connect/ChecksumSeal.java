package io.convoy.exchange.connect;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C over header and payload, in the header: against errors, not against malice. */
final class ChecksumSeal implements Seal {
  private final CRC32C checksum = new CRC32C();

  @Override
  public String proof() {
    return "checksum";
  }

  @Override
  public int overhead() {
    return 0;
  }

  @Override
  public void close(ByteBuffer frame, int payload) {
    frame.putInt(FrameLayout.CHECKSUM_AT, sum(frame, payload));
  }

  @Override
  public boolean open(ByteBuffer frame, int payload) {
    return frame.getInt(FrameLayout.CHECKSUM_AT) == sum(frame, payload);
  }

  private int sum(ByteBuffer frame, int payload) {
    checksum.reset();
    checksum.update(frame.limit(FrameLayout.CHECKSUM_AT).position(0));
    checksum.update(frame.limit(FrameLayout.HEADER + payload).position(FrameLayout.HEADER));
    return (int) checksum.getValue();
  }
}
