package io.convoy.launcher.fetch;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/**
 * Writes a body behind what a file has already, and never more than the file may have. After {@link
 * #stop} it writes nothing more, so that the next attempt has the file for itself.
 */
final class FileBody implements BodySubscriber<Void> {
  private final FileChannel channel;
  private final PublishedFile file;
  private final LongConsumer progress;
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private boolean fromTheStart;
  private boolean stopped;

  /**
   * @param progress told how many bytes are there
   */
  FileBody(FileChannel channel, PublishedFile file, LongConsumer progress) {
    this.channel = channel;
    this.file = file;
    this.progress = progress;
  }

  /** The body is the whole file: what is there already goes. */
  FileBody wholeFile() {
    fromTheStart = true;
    return this;
  }

  /** The body is not wanted; the exchange fails with {@code reason}. */
  FileBody refused(Exception reason) {
    written.completeExceptionally(reason);
    return this;
  }

  /** What is there already goes, and the body is not wanted. */
  synchronized FileBody startsAnew(Exception reason) throws IOException {
    if (!stopped) {
      channel.truncate(0);
    }
    return refused(reason);
  }

  /** Nothing is written from here on. */
  synchronized void stop() {
    stopped = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public CompletionStage<Void> getBody() {
    return written;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (stopped || written.isDone()) {
      subscription.cancel();
      return;
    }
    try {
      if (fromTheStart) {
        channel.truncate(0);
      }
      channel.position(channel.size());
      subscription.request(1);
    } catch (IOException e) {
      fail(unwritable(e));
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (stopped || written.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        if (channel.position() + buffer.remaining() > file.size()) {
          fail(
              ConvoyException.data(
                  "%s: the server sends more than the %d bytes of the published file: it is"
                      + " another file; name a mirror by --from URL",
                  file.name(), file.size()));
          return;
        }
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      progress.accept(channel.position());
      subscription.request(1);
    } catch (IOException e) {
      fail(unwritable(e));
    }
  }

  private void fail(ConvoyException reason) {
    subscription.cancel();
    written.completeExceptionally(reason);
  }

  private ConvoyException unwritable(IOException e) {
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "%s.part: cannot be written (%s)".formatted(file.name(), e),
        e);
  }

  @Override
  public void onError(Throwable error) {
    written.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    written.complete(null);
  }
}
