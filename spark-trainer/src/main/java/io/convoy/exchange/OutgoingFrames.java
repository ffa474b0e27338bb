package io.convoy.exchange;

import io.convoy.exchange.Frame.Kind;
import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SocketChannel;

/**
 * What one rank sends to one peer in a step: its figures, the gradients of the peer's chunks, the
 * figures of its own chunks where there are rounds, the new values of its own. New values go first
 * as soon as they are there, while they are still in the processor's cache and because the peer has
 * nothing else to wait for.
 */
final class OutgoingFrames {
  /** Frames of one call at the most, so that reading gets its turn. */
  private static final int BURST = 2;

  private final Ownership ownership;
  private final int rank;
  private final int peer;
  private final Frame header;
  private final Seal seal;
  private final ByteBuffer frame;
  private final FloatBuffer floats;
  private final FrameCursor gradients = new FrameCursor();
  private final FrameCursor values = new FrameCursor();
  private final FigureCursor chunkFigures;
  private boolean figuresDone;
  private StepData data;

  OutgoingFrames(Ownership ownership, int rank, int peer, Frame header, Seal seal) {
    this.ownership = ownership;
    this.rank = rank;
    this.peer = peer;
    this.header = header;
    this.seal = seal;
    this.chunkFigures = new FigureCursor(ownership, rank);
    this.frame =
        ByteBuffer.allocateDirect(
                FrameLayout.HEADER + FrameLayout.MAXIMUM_PAYLOAD + seal.overhead())
            .order(ByteOrder.LITTLE_ENDIAN);
    this.floats =
        frame
            .slice(FrameLayout.HEADER, FrameLayout.MAXIMUM_PAYLOAD)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    frame.limit(0);
  }

  void begin(StepData step) {
    data = step;
    gradients.restart(ownership.groups(peer), step.plan().nodesOf(rank));
    values.restart(ownership.groups(rank), 1);
    chunkFigures.restart(step.figuresPerChunk(), step.rounds());
    figuresDone = Frame.figureBytes(step, rank) == 0;
  }

  /** Whether all of the step is with the system. */
  boolean done() {
    return figuresDone
        && gradients.done()
        && chunkFigures.done()
        && values.done()
        && !frame.hasRemaining();
  }

  /**
   * Whether there is something to send.
   *
   * @param own how far the own chunks are
   */
  boolean pending(GroupFinisher own) {
    return frame.hasRemaining()
        || !figuresDone
        || !gradients.done()
        || chunkFiguresReady(own)
        || valuesReady(own);
  }

  /** Whether the connection took less than was offered. */
  boolean stuck() {
    return frame.hasRemaining();
  }

  /** Sends what the connection takes now; returns whether it took anything. */
  boolean send(SocketChannel channel, GroupFinisher own) throws IOException {
    boolean progress = false;
    for (int burst = 0; burst < BURST; burst++) {
      if (!frame.hasRemaining() && !next(own)) {
        break;
      }
      progress |= channel.write(frame) > 0;
      if (frame.hasRemaining()) {
        break;
      }
    }
    return progress;
  }

  private boolean next(GroupFinisher own) {
    if (!figuresDone) {
      encodeFigures();
    } else if (chunkFiguresReady(own)) {
      encodeChunkFigures();
    } else if (valuesReady(own)) {
      encode(Kind.VALUES, values, data.state());
    } else if (!gradients.done()) {
      encode(Kind.GRADIENTS, gradients, data.vectors()[gradients.vector()]);
    } else {
      return false;
    }
    return true;
  }

  private boolean chunkFiguresReady(GroupFinisher own) {
    return !chunkFigures.done() && chunkFigures.round() < own.measured();
  }

  private boolean valuesReady(GroupFinisher own) {
    return !values.done() && values.groupsPassed() < own.finished();
  }

  private void encode(Kind kind, FrameCursor at, float[] vector) {
    frame.clear();
    header.write(frame, kind, data, at);
    ownership.gather(at.current(), at.offset(), at.count(), vector, floats);
    seal(at.count() * Float.BYTES);
    at.advance();
  }

  private void encodeFigures() {
    frame.clear();
    header.writeFigures(frame, data);
    int bytes = Frame.figureBytes(data, rank);
    int first = data.plan().firstShard(rank) * data.figuresPerShard();
    for (int i = 0; i < bytes / Double.BYTES; i++) {
      frame.putDouble(FrameLayout.HEADER + i * Double.BYTES, data.figures()[first + i]);
    }
    seal(bytes);
    figuresDone = true;
  }

  private void encodeChunkFigures() {
    frame.clear();
    header.writeChunkFigures(frame, data, chunkFigures);
    int bytes = chunkFigures.bytes();
    for (int i = 0; i < bytes / Double.BYTES; i++) {
      double figure = data.chunkFigures(chunkFigures.round())[chunkFigures.target(i)];
      frame.putDouble(FrameLayout.HEADER + i * Double.BYTES, figure);
    }
    seal(bytes);
    chunkFigures.advance();
  }

  private void seal(int payload) {
    seal.close(frame, payload);
    frame.limit(FrameLayout.HEADER + payload + seal.overhead()).position(0);
  }
}
