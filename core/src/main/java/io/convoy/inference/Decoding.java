package io.convoy.inference;

import io.convoy.data.augment.SampleWriter;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that read and decode images, as a network is to see them. What they are given at a time,
 * whoever gives it bounds. More of them read than decode at a time, since reading a file from a
 * store is mostly waiting.
 */
final class Decoding implements AutoCloseable {
  /** Files that are read at a time at the least. */
  private static final int READERS = 8;

  private final List<View> views;
  private final ExecutorService threads;
  private final BlockingQueue<Decoder> idle;

  /** What is needed to decode an image: a decoder for each view. */
  private record Decoder(List<ImageDecoder> images, Pixels pixels) {}

  /** An image while it is decoded, and then. */
  static final class Decoded {
    private final EncodedImage image;
    private final byte[][] samples;
    private Future<?> work;
    private volatile String error;
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
      return work.isDone() ? 0 : image.bytes();
    }

    /**
     * Waits for it.
     *
     * @return why it cannot be read; null where it can
     */
    String await() {
      try {
        work.get();
        return error;
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ConvoyException.resource("interrupted while images were decoded");
      }
    }

    private static RuntimeException rethrown(Throwable cause) {
      if (cause instanceof Error error) {
        throw error;
      }
      return (RuntimeException) cause; // a task of ours throws no other
    }

    /** Waits until its thread has done with it, also where the caller is interrupted. */
    void abandon() {
      unwanted = true;
      boolean interrupted = false;
      while (!work.isDone()) {
        try {
          work.get();
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
   * Begins with an image.
   *
   * @param samples room for the bytes of each thing that is seen, until it is given back
   */
  Decoded begin(EncodedImage image, byte[][] samples) {
    Decoded decoded = new Decoded(image, samples);
    decoded.work =
        threads.submit(
            () -> {
              if (!decoded.unwanted) {
                decode(image, decoded);
              }
            });
    return decoded;
  }

  private void decode(EncodedImage image, Decoded into) {
    try {
      byte[] bytes = image.content().get();
      Decoder decoder = idle.take();
      try {
        decode(bytes, String.valueOf(image.name()), decoder, into.samples);
      } finally {
        idle.add(decoder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while images were decoded");
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DATA) {
        throw e;
      }
      into.error = e.getMessage();
    }
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
