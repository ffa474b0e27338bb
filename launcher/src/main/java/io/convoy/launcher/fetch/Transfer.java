package io.convoy.launcher.fetch;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.TransferProgress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request for what a file still lacks (RFC 9110, section 14: ranges). What the server said
 * of the file's version stands beside the part, so that the rest of another version is not taken
 * for the rest of this one.
 */
final class Transfer {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final int LONGEST_VALIDATOR = 1000;

  private final URI address;
  private final PublishedFile file;
  private final Path validator;
  private final HttpClient client;
  private final Duration stall;
  private final TransferProgress progress;

  /**
   * @param part the file that is written to
   * @param stall without a byte after which a connection counts as lost
   */
  Transfer(
      URI address,
      PublishedFile file,
      Path part,
      HttpClient client,
      Duration stall,
      TransferProgress progress) {
    this.address = address;
    this.file = file;
    this.validator = part.resolveSibling(part.getFileName() + ".version");
    this.client = client;
    this.stall = stall;
    this.progress = progress;
  }

  /** A client that follows redirections, but not from https to http. */
  static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  URI address() {
    return address;
  }

  /** Forgets the version of the part. */
  void forget() throws IOException {
    Files.deleteIfExists(validator);
  }

  /**
   * Asks for the bytes behind those in {@code channel} and writes them; returns when the server has
   * no more to say.
   *
   * @throws PassingFailure when another attempt may bring more
   * @throws ConvoyException when none will
   */
  void attempt(FileChannel channel) throws PassingFailure, IOException {
    FileBody body = new FileBody(channel, file, progress::at);
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(channel.size()), head -> body(head, body, channel));
    try {
      await(answer, channel);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("%s: interrupted", address);
    } catch (ExecutionException e) {
      explain(e.getCause());
    } finally {
      body.stop();
    }
    if (channel.size() < file.size()) {
      throw new PassingFailure("the server ended the file early");
    }
  }

  /** Without a time limit of its own: since JDK 26 that would cut a long body, too. */
  private HttpRequest request(long from) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      version().ifPresent(version -> request.header("If-Range", version));
    }
    return request.build();
  }

  /** What the server said of the version of which the part is, if it is fit for a header. */
  private Optional<String> version() throws IOException {
    return Files.isRegularFile(validator) && Files.size(validator) <= LONGEST_VALIDATOR
        ? Optional.of(Files.readString(validator, StandardCharsets.ISO_8859_1).strip())
            .filter(version -> version.matches("[ -~]+"))
        : Optional.empty();
  }

  /** Waits for the head and the body, for as long as bytes come. */
  private void await(CompletableFuture<?> answer, FileChannel channel)
      throws InterruptedException, ExecutionException, PassingFailure, IOException {
    for (long seen = channel.size(); ; seen = channel.size()) {
      try {
        answer.get(stall.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (channel.size() == seen) {
          answer.cancel(true);
          throw new PassingFailure("no byte came for %s s".formatted(stall.toSeconds()));
        }
      }
    }
  }

  /** What to do with a body, after its head. */
  private FileBody body(HttpResponse.ResponseInfo head, FileBody body, FileChannel channel) {
    try {
      return switch (head.statusCode()) {
        case 200 -> whole(head.headers(), body);
        case 206 -> rest(head.headers(), body, channel);
        case 416 -> body.startsAnew(new PassingFailure("the server has no rest of this file"));
        default -> body.refused(refusal(head));
      };
    } catch (IOException e) {
      return body.refused(
          new ConvoyException(
              ConvoyException.Kind.RESOURCE,
              "%s.part: cannot be written (%s)".formatted(file.name(), e),
              e));
    }
  }

  private FileBody whole(HttpHeaders headers, FileBody body) throws IOException {
    long length = headers.firstValueAsLong("Content-Length").orElse(file.size());
    if (length != file.size()) {
      return body.refused(otherSize(length));
    }
    Optional<String> version =
        headers
            .firstValue("ETag")
            .filter(tag -> !tag.startsWith("W/")) // a weak tag does not vouch for bytes
            .or(() -> headers.firstValue("Last-Modified"));
    if (version.isPresent() && version.get().length() <= LONGEST_VALIDATOR) {
      Files.writeString(validator, version.get());
    } else {
      forget();
    }
    return body.wholeFile();
  }

  private FileBody rest(HttpHeaders headers, FileBody body, FileChannel channel)
      throws IOException {
    String range = headers.firstValue("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    String total = matcher.matches() ? matcher.group(2) : "";
    if (matcher.matches() && !total.equals("*") && !total.equals(Long.toString(file.size()))) {
      return body.refused(otherSize(total));
    }
    if (!matcher.matches() || !matcher.group(1).equals(Long.toString(channel.size()))) {
      return body.startsAnew(
          new PassingFailure("the server sent another range than was asked for"));
    }
    return body;
  }

  private ConvoyException otherSize(Object length) {
    return ConvoyException.data(
        "%s: the server announces %s bytes, the published file has %d: it is another file; name a"
            + " mirror by --from URL",
        address, length, file.size());
  }

  private Exception refusal(HttpResponse.ResponseInfo head) {
    int status = head.statusCode();
    if (PASSING.contains(status)) {
      return new PassingFailure("the server answered " + status);
    }
    if (status / 100 == 3) {
      return ConvoyException.resource(
          "%s: the server sends on to %s (%d), which is not followed: from https to http, or too"
              + " often; name a mirror by --from URL",
          address, head.headers().firstValue("Location").orElse("nowhere"), status);
    }
    return ConvoyException.resource(
        "%s: the server answered %d%s: name a mirror by --from URL",
        address, status, status == 404 ? " (it has no such file)" : "");
  }

  private void explain(Throwable cause) throws PassingFailure {
    for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
      if (reason instanceof ConvoyException known) {
        throw known;
      }
      if (reason instanceof PassingFailure passing) {
        throw passing;
      }
      if (reason instanceof UnresolvedAddressException) {
        throw ConvoyException.resource(
            "%s: the name of the server has no address: is this machine online? Behind a proxy set"
                + " CONVOY_JAVA_OPTS='-Dhttp.proxyHost=… -Dhttps.proxyHost=…'; or name a mirror by"
                + " --from URL",
            address);
      }
    }
    String detail =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    throw new PassingFailure("the connection failed (%s)".formatted(detail));
  }
}
