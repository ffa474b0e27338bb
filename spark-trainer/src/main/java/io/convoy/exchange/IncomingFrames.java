package io.convoy.exchange;

import io.convoy.exchange.Frame.Kind;
import io.convoy.exchange.Ownership.Group;
import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.Seal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SocketChannel;

/**
 * What one rank receives from one peer in a step: the peer's figures, the peer's gradients of own
 * chunks, figures of the peer's chunks where there are rounds, new values of the peer's chunks.
 * Each frame must be the next of its kind; its header is compared with the one that is expected
 * before its payload is read.
 *
 * <p>Gradients wait in {@link #WINDOW} slots, a group each, until all peers have sent theirs. A
 * peer that is further ahead is read no further: its frame stays where it was read, and then its
 * connection fills up. That cannot end in a deadlock, for the peer that is furthest behind is
 * always read, and whatever it has to send depends on no one: figures of chunks and new values wait
 * for gradients, never the other way round, and are taken as soon as they come.
 */
final class IncomingFrames {
  /** Groups of gradients that a peer may be ahead of the slowest one. */
  static final int WINDOW = 4;

  /** Frames of one call at the most, so that other connections get their turn. */
  private static final int BURST = 2;

  private final Ownership ownership;
  private final int rank;
  private final int peer;
  private final Frame header;
  private final Seal seal;
  private final ByteBuffer expected =
      ByteBuffer.allocate(FrameLayout.HEADER).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer frame;
  private final FloatBuffer floats;
  private final float[][] slots = new float[WINDOW][];
  private final int longestGroup;
  private final FrameCursor gradients = new FrameCursor();
  private final FrameCursor values = new FrameCursor();
  private final FigureCursor chunkFigures;
  private boolean figuresDone;
  private StepData data;
  private Kind kind;
  private int target = FrameLayout.HEADER;
  private int received;
  private boolean drained;

  IncomingFrames(Ownership ownership, int rank, int peer, Frame header, Seal seal) {
    this.ownership = ownership;
    this.rank = rank;
    this.peer = peer;
    this.header = header;
    this.seal = seal;
    this.frame =
        ByteBuffer.allocateDirect(
                2 * FrameLayout.HEADER + FrameLayout.MAXIMUM_PAYLOAD + seal.overhead())
            .order(ByteOrder.LITTLE_ENDIAN);
    this.floats =
        frame
            .slice(FrameLayout.HEADER, FrameLayout.MAXIMUM_PAYLOAD)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    int longest = 0;
    for (Group group : ownership.groups(rank)) {
      longest = Math.max(longest, group.floats());
    }
    this.longestGroup = longest;
    this.chunkFigures = new FigureCursor(ownership, peer);
  }

  void begin(StepData step) {
    data = step;
    int vectors = step.plan().nodesOf(peer);
    gradients.restart(ownership.groups(rank), vectors);
    values.restart(ownership.groups(peer), 1);
    chunkFigures.restart(step.figuresPerChunk(), step.rounds());
    figuresDone = Frame.figureBytes(step, peer) == 0;
    int needed = Math.multiplyExact(vectors, longestGroup);
    for (int i = 0; i < Math.min(WINDOW, ownership.groups(rank).length); i++) {
      if (slots[i] == null || slots[i].length < needed) {
        slots[i] = new float[needed];
      }
    }
  }

  /** Whether all of the step is here; then nothing more is read, it would belong to the next. */
  boolean done() {
    return figuresDone && gradients.done() && chunkFigures.done() && values.done();
  }

  /** Rounds of which the figures of all the peer's chunks are here, and those of its shards. */
  int figureRounds() {
    return figuresDone ? chunkFigures.round() : 0;
  }

  /** Whether reading can do any good now. */
  boolean wanting() {
    return !done() && !whole();
  }

  /** Own groups of which the peer has sent all its gradients. */
  int delivered() {
    return gradients.groupsPassed();
  }

  /**
   * Where the gradients of a group lie: vector i of the peer from i times the group's length on.
   */
  float[] slot(int group) {
    return slots[group % WINDOW];
  }

  /** What comes next, for messages. */
  String awaited() {
    if (!figuresDone) {
      return "its figures";
    }
    if (gradients.done() && !chunkFigures.done()) {
      return "figures of chunks from " + chunkFigures.first() + " on";
    }
    FrameCursor next = gradients.done() ? values : gradients;
    String what = gradients.done() ? "new values" : "gradients";
    return next.done() ? "nothing" : what + " of chunks from " + next.current().first() + " on";
  }

  /** Whether it waits for something that the peer can send without waiting for others. */
  boolean owed() {
    return !figuresDone || !gradients.done();
  }

  /**
   * Takes what is there.
   *
   * @param own how far the own chunks are
   * @return whether anything came
   * @throws ExchangeCorruptException if it is not what must come
   */
  boolean receive(SocketChannel channel, GroupFinisher own) throws IOException {
    boolean progress = false;
    drained = false;
    for (int burst = 0; burst < BURST && wanting(); ) {
      if (received < target) {
        progress |= read(channel) > 0;
        drained = received < target;
        if (drained) {
          return progress;
        }
      }
      if (target == FrameLayout.HEADER) {
        target += checkHeader() + seal.overhead();
      } else {
        deliver(own);
        burst++;
      }
    }
    return progress;
  }

  private int read(SocketChannel channel) throws IOException {
    // With a payload comes the next header, which saves every second call.
    int ahead = target == FrameLayout.HEADER ? 0 : FrameLayout.HEADER;
    int count = channel.read(frame.limit(target + ahead).position(received));
    if (count < 0) {
      throw new EOFException("it closed the connection");
    }
    received += count;
    return count;
  }

  /** Whether the connection gave less than was asked for. */
  boolean drained() {
    return drained;
  }

  /** Takes over a whole frame if there is room for it; returns whether it did. */
  boolean deliver(GroupFinisher own) {
    if (!whole() || (kind == Kind.GRADIENTS && gradients.groupsPassed() >= own.taken() + WINDOW)) {
      return false;
    }
    if (!seal.open(frame, target - FrameLayout.HEADER - seal.overhead())) {
      throw corrupt("a frame of " + kind + " whose " + seal.proof() + " is wrong");
    }
    switch (kind) {
      case FIGURES -> takeFigures();
      case GRADIENTS -> takeGradients();
      case VALUES -> takeValues();
      case CHUNK_FIGURES -> takeChunkFigures();
    }
    frame.limit(received).position(target).compact();
    received -= target;
    target = FrameLayout.HEADER;
    return true;
  }

  private boolean whole() {
    return target > FrameLayout.HEADER && received >= target;
  }

  /** Returns the bytes of payload. */
  private int checkHeader() {
    kind = Frame.kind(frame);
    if (kind == null) {
      throw corrupt("a frame of no known kind, or no frame at all");
    }
    if (kind == Kind.GRADIENTS && !figuresDone) {
      throw corrupt("a frame of GRADIENTS before its figures");
    }
    boolean due =
        switch (kind) {
          case FIGURES -> !figuresDone;
          case GRADIENTS -> !gradients.done();
          case VALUES -> !values.done();
          case CHUNK_FIGURES -> !chunkFigures.done();
        };
    if (!due) {
      throw corrupt("more frames of " + kind + " than the step has");
    }
    switch (kind) {
      case FIGURES -> header.writeFigures(expected, data);
      case GRADIENTS -> header.write(expected, kind, data, gradients);
      case VALUES -> header.write(expected, kind, data, values);
      case CHUNK_FIGURES -> header.writeChunkFigures(expected, data, chunkFigures);
    }
    String difference = Frame.difference(expected, frame);
    if (difference != null) {
      throw corrupt("a frame of " + kind + " with " + difference);
    }
    return switch (kind) {
      case FIGURES -> Frame.figureBytes(data, peer);
      case GRADIENTS -> gradients.count() * Float.BYTES;
      case VALUES -> values.count() * Float.BYTES;
      case CHUNK_FIGURES -> chunkFigures.bytes();
    };
  }

  private void takeFigures() {
    int first = data.plan().firstShard(peer) * data.figuresPerShard();
    int count = data.plan().shardsOf(peer) * data.figuresPerShard();
    for (int i = 0; i < count; i++) {
      data.figures()[first + i] = frame.getDouble(FrameLayout.HEADER + i * Double.BYTES);
    }
    figuresDone = true;
  }

  private void takeGradients() {
    int at = gradients.vector() * gradients.current().floats() + gradients.offset();
    floats.get(0, slot(gradients.groupsPassed()), at, gradients.count());
    gradients.advance();
  }

  private void takeValues() {
    ownership.scatter(values.current(), values.offset(), values.count(), floats, data.state());
    values.advance();
  }

  private void takeChunkFigures() {
    for (int i = 0; i < chunkFigures.bytes() / Double.BYTES; i++) {
      data.chunkFigures(chunkFigures.round())[chunkFigures.target(i)] =
          frame.getDouble(FrameLayout.HEADER + i * Double.BYTES);
    }
    chunkFigures.advance();
  }

  private ExchangeCorruptException corrupt(String what) {
    return new ExchangeCorruptException(
        peer, "rank %s sent in step %s %s".formatted(peer, data.step(), what));
  }
}
