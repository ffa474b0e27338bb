package io.convoy.inference;

import io.convoy.data.augment.SampleWriter;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads that read and decode images, as a network is to see them. What they are given at a time,
 * whoever gives it bounds. More of them read than decode at a time, since reading a file from a
 * store is mostly waiting. Small images that are in memory go to a thread some at a time: to wake
 * it for each would cost more than the decoding.
 */
final class Decoding implements AutoCloseable {
  /** Files that are read at a time at the least. */
  private static final int READERS = 8;

  /** Images that a thread is given at once at the most. */
  private static final int TOGETHER = 16;

  /** Bytes of such images: a photograph is worth a thread of its own. */
  private static final long TOGETHER_BYTES = 64 << 10;

  private final List<View> views;
  private final ExecutorService threads;
  private final BlockingQueue<Decoder> idle;

  /** What waits for {@link #begin}. */
  private List<Decoded> added = new ArrayList<>();

  private long addedBytes;

  /** What is needed to decode an image: a decoder for each view. */
  private record Decoder(List<ImageDecoder> images, Pixels pixels) {}

  /** An image while it is decoded, and then. */
  static final class Decoded {
    private final EncodedImage image;
    private final byte[][] samples;

    /** Why it cannot be read; null where it can. */
    private final CompletableFuture<String> error = new CompletableFuture<>();

    private volatile boolean unwanted;

    private Decoded(EncodedImage image, byte[][] samples) {
      this.image = image;
      this.samples = samples;
    }

    String name() {
      return image.name();
    }

    /** The bytes of what is seen, once it is decoded; their owner's again after that. */
    byte[][] samples() {
      return samples;
    }

    /** Bytes of the file, until it is decoded. */
    long held() {
      return error.isDone() ? 0 : image.bytes();
    }

    /**
     * Waits for it.
     *
     * @return why it cannot be read; null where it can
     */
    String await() {
      try {
        return error.get();
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted();
      }
    }

    private static RuntimeException rethrown(Throwable cause) {
      if (cause instanceof Error error) {
        throw error;
      }
      return (RuntimeException) cause; // an image's content throws no other
    }

    /** Waits until its thread has done with it, also where the caller is interrupted. */
    void abandon() {
      unwanted = true;
      boolean interrupted = false;
      while (!error.isDone()) {
        try {
          error.get();
        } catch (ExecutionException e) {
          break; // nobody wants it any more
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * @param views what is seen of an image
   * @param threads that decode at a time
   */
  Decoding(List<View> views, int threads) {
    this.views = views;
    this.idle = new ArrayBlockingQueue<>(threads, true);
    for (int i = 0; i < threads; i++) {
      idle.add(
          new Decoder(
              views.stream().map(view -> new ImageDecoder(view.background())).toList(),
              new Pixels()));
    }
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(READERS, 2 * threads),
            task -> {
              Thread thread = new Thread(task, "convoy-decoding");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes an image, which is begun with at {@link #begin} at the latest.
   *
   * @param samples room for the bytes of each thing that is seen, until it is given back
   */
  Decoded add(EncodedImage image, byte[][] samples) {
    Decoded decoded = new Decoded(image, samples);
    added.add(decoded);
    addedBytes += image.bytes();
    if (!image.inMemory() || added.size() == TOGETHER || addedBytes >= TOGETHER_BYTES) {
      begin();
    }
    return decoded;
  }

  /** Begins with all that was added. */
  void begin() {
    if (added.isEmpty()) {
      return;
    }
    List<Decoded> together = added;
    added = new ArrayList<>();
    addedBytes = 0;
    threads.execute(() -> together.forEach(this::decode));
  }

  private void decode(Decoded decoded) {
    try {
      decoded.error.complete(decoded.unwanted ? null : error(decoded));
    } catch (RuntimeException | Error e) {
      decoded.error.completeExceptionally(e);
    }
  }

  private String error(Decoded decoded) {
    try {
      byte[] bytes = decoded.image.content().get();
      Decoder decoder = idle.take();
      try {
        decode(bytes, String.valueOf(decoded.name()), decoder, decoded.samples);
      } finally {
        idle.add(decoder);
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DATA) {
        throw e;
      }
      return e.getMessage();
    }
  }

  private static ConvoyException interrupted() {
    return ConvoyException.resource("interrupted while images were decoded");
  }

  private void decode(byte[] bytes, String name, Decoder decoder, byte[][] samples) {
    for (int i = 0; i < views.size(); i++) {
      View view = views.get(i);
      int channels = view.shape().channels();
      decoder.images.get(i).decode(bytes, name, channels, view.framing(), decoder.pixels);
      SampleWriter.requireShape(decoder.pixels.shape(), view.shape(), () -> name);
      System.arraycopy(decoder.pixels.bytes(), 0, samples[i], 0, samples[i].length);
    }
  }

  /** Ends the threads; nothing is being decoded. */
  @Override
  public void close() {
    threads.shutdownNow();
    idle.forEach(decoder -> decoder.images.forEach(ImageDecoder::close));
  }
}
