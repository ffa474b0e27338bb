package io.convoy.exchange.connect;

import java.nio.ByteBuffer;

/**
 * How a frame is closed against alteration, one object for each direction of a connection. A frame
 * is a buffer with header and payload from byte 0 on; what a seal adds stands behind the payload,
 * and the buffer has room for it. Position and limit of the buffer mean nothing here and are not
 * kept.
 */
public sealed interface Seal permits AesGcmSeal, ChecksumSeal {
  /** What shows whether a frame is what was sent, for messages. */
  String proof();

  /** Bytes behind the payload. */
  int overhead();

  /** Closes a frame that is about to be sent. */
  void close(ByteBuffer frame, int payload);

  /** Opens a received frame; false if it is not what was sent. */
  boolean open(ByteBuffer frame, int payload);
}
