package io.convoy.exchange;

import io.convoy.exchange.Ownership.Group;
import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.RunIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * The header of a frame, as {@link io.convoy.exchange the package} draws it. Whoever waits for a
 * frame knows each of its fields in advance: {@link #difference} compares, so no size is ever taken
 * from the wire.
 */
final class Frame {
  static final int MAGIC = 0x46585643; // "CVXF" in little-endian order
  static final byte VERSION = 1;

  private static final int KIND_AT = 5;

  /** What a frame carries. */
  enum Kind {
    /** The figures of the sender's shards. */
    FIGURES(1),
    /** A piece of the sum over one of the sender's sub-trees, for the owner of the chunks. */
    GRADIENTS(2),
    /** New values of the sender's own chunks. */
    VALUES(3),
    /** The figures of the sender's own chunks, in one of the rounds before new values. */
    CHUNK_FIGURES(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  /** The integer fields from byte 8 on, for messages. */
  private static final String[] FIELDS = {
    "run",
    "run",
    "attempt",
    "rank",
    "step",
    "step",
    "sequence",
    "first",
    "count",
    "vector",
    "offset",
    "shards",
    "bytes"
  };

  private static final int FIELDS_AT = 8;

  private final long run;
  private final int attempt;
  private final int rank;

  /**
   * The frames of one sender.
   *
   * @param run of which a digest is carried
   * @param rank the sender
   */
  Frame(RunIdentity run, int rank) {
    this.run = ByteBuffer.wrap(run.runDigest()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    this.attempt = run.attempt();
    this.rank = rank;
  }

  /** Writes the header of the frame that the cursor stands at, but its checksum. */
  void write(ByteBuffer into, Kind kind, StepData data, FrameCursor at) {
    Group group = at.current();
    begin(into, kind, data, at.sequence());
    into.putInt(36, group.first()).putInt(40, group.chunks());
    into.putInt(44, at.vector()).putInt(48, at.offset());
    into.putInt(52, data.plan().shards()).putInt(56, at.count() * Float.BYTES);
  }

  /** Writes the header of the sender's figures, but its checksum. */
  void writeFigures(ByteBuffer into, StepData data) {
    StepPlan plan = data.plan();
    begin(into, Kind.FIGURES, data, 0);
    into.putInt(36, plan.firstShard(rank)).putInt(40, plan.shardsOf(rank));
    into.putInt(44, data.figuresPerShard()).putInt(48, 0);
    into.putInt(52, plan.shards()).putInt(56, figureBytes(data, rank));
  }

  /** Writes the header of the figures of chunks that the cursor stands at, but its checksum. */
  void writeChunkFigures(ByteBuffer into, StepData data, FigureCursor at) {
    begin(into, Kind.CHUNK_FIGURES, data, at.sequence());
    into.putInt(36, at.first()).putInt(40, at.count());
    into.putInt(44, data.figuresPerChunk()).putInt(48, at.round());
    into.putInt(52, data.plan().shards()).putInt(56, at.bytes());
  }

  private void begin(ByteBuffer into, Kind kind, StepData data, int sequence) {
    into.putInt(0, MAGIC).put(4, VERSION).put(KIND_AT, kind.code).putShort(6, (short) 0);
    into.putLong(8, run).putInt(16, attempt).putInt(20, rank);
    into.putLong(24, data.step()).putInt(32, sequence).putInt(FrameLayout.CHECKSUM_AT, 0);
  }

  /** Bytes of a rank's figures. */
  static int figureBytes(StepData data, int rank) {
    return data.plan().shardsOf(rank) * data.figuresPerShard() * Double.BYTES;
  }

  /** The kind of a received header, null if it is none of ours. */
  static Kind kind(ByteBuffer header) {
    byte code = header.get(KIND_AT);
    for (Kind kind : KINDS) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }

  /** The first field in which a received header is not the expected one; null if it is. */
  static String difference(ByteBuffer expected, ByteBuffer received) {
    if (expected.getInt(0) != received.getInt(0)) {
      return String.format(
          Locale.ROOT, "magic=0x%08x, expected 0x%08x", received.getInt(0), expected.getInt(0));
    }
    if (expected.getInt(4) != received.getInt(4)) {
      return String.format(
          Locale.ROOT,
          "version and kind=0x%08x, expected 0x%08x",
          received.getInt(4),
          expected.getInt(4));
    }
    for (int i = 0; i < FIELDS.length; i++) {
      int at = FIELDS_AT + Integer.BYTES * i;
      int is = received.getInt(at);
      int should = expected.getInt(at);
      if (is != should) {
        return "%s=%s, expected %s".formatted(FIELDS[i], is, should);
      }
    }
    return null;
  }
}
