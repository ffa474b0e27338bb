package io.convoy.launcher.board;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Who may see the board: whoever was told its address, which has a token in it. The token goes into
 * a cookie at once, so that it does not stay in the browser's address line. A page of another place
 * has neither, and is told so by its {@code Host} or {@code Origin} as well.
 *
 * @param port of the board
 * @param token a secret, in hexadecimal
 */
record Access(int port, String token) {
  private static final int TOKEN_BYTES = 16;

  /** What becomes of a request. */
  enum Verdict {
    /** It may see what it asks for. */
    GRANTED,
    /** It has brought the token: it gets the cookie. */
    WELCOME,
    /** It may not. */
    REFUSED
  }

  /** One with a token that nobody knows. */
  static Access random(int port) {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Access(port, HexFormat.of().formatHex(bytes));
  }

  /** The address to open. */
  String address() {
    return "http://127.0.0.1:" + port + "/?token=" + token;
  }

  /** The cookie as a browser is to keep it. */
  String cookie() {
    return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(cookieName(), token);
  }

  private String cookieName() {
    return "convoy-board-" + port; // cookies know no ports
  }

  Verdict of(HttpExchange request) {
    String method = request.getRequestMethod();
    Headers headers = request.getRequestHeaders();
    List<String> own = List.of("127.0.0.1:" + port, "localhost:" + port);
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    if (!(method.equals("GET") || method.equals("HEAD")) || !own.contains(host)) {
      return Verdict.REFUSED;
    }
    if (origin != null && !origin.equals("http://" + host)) {
      return Verdict.REFUSED;
    }
    if (request.getRequestURI().getPath().equals("/")
        && isToken(parameter(request.getRequestURI().getRawQuery(), "token"))) {
      return Verdict.WELCOME;
    }
    return isToken(cookie(headers)) ? Verdict.GRANTED : Verdict.REFUSED;
  }

  private boolean isToken(Optional<String> given) {
    byte[] wanted = token.getBytes(StandardCharsets.UTF_8);
    return given
        .filter(text -> MessageDigest.isEqual(wanted, text.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  private Optional<String> cookie(Headers headers) {
    return headers.getOrDefault("Cookie", List.of()).stream()
        .flatMap(line -> List.of(line.split(";")).stream())
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(cookieName() + "="))
        .map(cookie -> cookie.substring(cookieName().length() + 1))
        .findFirst();
  }

  /** A parameter of an address; none of them needs decoding. */
  static Optional<String> parameter(String query, String name) {
    return query == null
        ? Optional.empty()
        : List.of(query.split("&")).stream()
            .filter(part -> part.startsWith(name + "="))
            .map(part -> part.substring(name.length() + 1))
            .findFirst();
  }
}
