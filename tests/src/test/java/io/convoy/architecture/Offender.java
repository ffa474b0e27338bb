package io.convoy.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Breaks {@link BannedCode}'s rules, but for the Vector API's; read as bytes, never run. */
final class Offender {
  private Offender() {}

  static DoubleUnaryOperator machineMath() {
    double scale = Math.exp(1);
    DoubleUnaryOperator squash = Math::tanh;
    return x -> scale * squash.applyAsDouble(x);
  }

  static double parallelSums(List<Double> values) {
    return values.parallelStream().mapToDouble(v -> v).sum()
        + DoubleStream.of(1, 2).parallel().sum();
  }

  static double sequentialRandom() {
    return new Random(1).nextGaussian();
  }

  @SuppressWarnings("DefaultLocale") // what the rule is to find
  static List<String> machineLanguage(PrintStream out, List<String> names) {
    out.printf("%d", names.size());
    return names.stream().map(String::toUpperCase).toList();
  }

  static HttpRequest.Builder requestTimeout(HttpRequest.Builder request) {
    return request.timeout(Duration.ofSeconds(60));
  }

  @SuppressWarnings("BanSerializableRead") // what the rule is to find
  static Object deserialized(InputStream in) throws IOException, ClassNotFoundException {
    return new ObjectInputStream(in).readObject();
  }
}
