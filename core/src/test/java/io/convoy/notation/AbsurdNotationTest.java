package io.convoy.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.convoy.error.ConvoyException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What asks for too much ends in an error, within a second and little memory. */
final class AbsurdNotationTest {
  private static final String HUGE = "9".repeat(60_000);

  private static final List<String> ABSURD =
      List.of(
          "INPUT(8,8,1) => " + "[".repeat(30_000),
          "INPUT(8,8,1) => " + "[".repeat(20_000) + "RELU" + "]".repeat(20_000),
          "INPUT(8,8,1) => CONV(8,init=" + "a(".repeat(20_000),
          "INPUT(8,8,1) => CONV(8)] * 1000000000",
          "INPUT(8,8,1) => RELU * 1000000000",
          "INPUT(8,8,1) => RELU * " + HUGE,
          "INPUT(8,8,1) => CONV(" + HUGE + ")",
          "INPUT(8,8,1) => CONV(8," + HUGE + "x" + HUGE + ")",
          "INPUT(8,8,1) => CONV(8,3x3,stride=-" + HUGE + ")",
          "INPUT(8,8,1) => CONV(8," + "3x".repeat(20_000) + "3)",
          "INPUT(8,8,1) => CONV(8,3x3x3x3x3)",
          "INPUT(8,8,1) => " + "x".repeat(60_000),
          "INPUT(8,8,1) => RELU * " + "x".repeat(60_000),
          "INPUT(" + "1,".repeat(30_000) + "1) => RELU",
          "INPUT(8,8,1) => CONV(" + "1,".repeat(30_000) + "1)",
          "INPUT(8,8,1) => DO(1e999999999)",
          "INPUT(8,8,1) => DO(1e" + "9".repeat(5_000) + ")",
          "INPUT(" + HUGE + ",8,1) => RELU",
          "INPUT(2147483647,2147483647,2147483647) => RELU",
          "INPUT(8,8,1) => [[[[[RELU?] * 4096] * 4096] * 4096] * 4096] * 4096",
          "INPUT(8,8,1) => [[RELU] * 4096] * 4096",
          "INPUT(8,8,1) => CONV(2147483647)",
          "INPUT(8,8,1) => CONV(1,1x1,pad=2147483647)",
          "INPUT(8,8,1) => CONV(1,2147483647x2147483647)",
          "INPUT(8,8,4) => DWCONV(multiplier=2147483647)",
          "INPUT(512) => FC(65536) * 4096",
          "INPUT(8,8,1)" + " => CONV(4096)".repeat(4_000),
          "x".repeat(1 << 20) + " => y",
          "=>".repeat(30_000),
          "\u0000\u0001 => \uD800");

  @Test
  void absurdNotationsAreRefusedAtOnce() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String absurd : ABSURD) {
      String start = absurd.substring(0, Math.min(60, absurd.length()));
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long nanos = threads.getCurrentThreadCpuTime();
      Notation notation = new Notation(absurd, noPooling(absurd));
      ConvoyException error = assertThrows(ConvoyException.class, notation::network, start);
      assertEquals(ConvoyException.Kind.USAGE, error.kind(), start);
      assertTrue(error.getMessage().length() < 2000, start);
      long seconds = (threads.getCurrentThreadCpuTime() - nanos) / 1_000_000_000;
      long mebibytes = (threads.getCurrentThreadAllocatedBytes() - bytes) >> 20;
      assertTrue(seconds < 1, () -> start + " takes " + seconds + " s");
      assertTrue(mebibytes < 200, () -> start + " takes " + mebibytes + " MiB");
    }
  }

  private static Map<String, JsonNode> noPooling(String absurd) {
    return absurd.contains("RELU?") ? Map.of("RELU?", BooleanNode.FALSE) : Map.of();
  }
}
