package io.convoy.benchmarks.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemParserTest {
  private static Problem parse(String line) {
    return ProblemParser.parse(line, "here").orElseThrow();
  }

  @Test
  void readsAllValues() {
    Problem problem =
        parse(
            "conv g2 mb8 ic64 ih56 iw40 oc128 oh28 ow40 kh5 kw3 sh2 sw1 ph2 pw2 dh0 dw1 x3"
                + " n\"net some layer\"");
    ConvolutionShape expected =
        new ConvolutionShape(
            2,
            64,
            128,
            new ConvolutionShape.Axis(56, 5, 2, 2, 0),
            new ConvolutionShape.Axis(40, 3, 1, 2, 1));
    assertEquals(new Problem("net some layer", 8, 3, expected), problem);
  }

  @Test
  void widthsFollowHeights() {
    ConvolutionShape conv = (ConvolutionShape) parse("conv ic3 ih32 oc8 kh3 sh2 ph1 dh1").shape();
    assertEquals(conv.height(), conv.width());
    assertEquals(1, conv.groups());
    assertEquals(15, conv.height().output());
  }

  @Test
  void readsDenseLayers() {
    Problem problem = parse("dense mb8 in4096 out1000 n\"vgg16 fc8\"");
    assertEquals(new Problem("vgg16 fc8", 8, 1, new DenseShape(4096, 1000)), problem);
    assertEquals("vgg16", problem.set());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv g2 mb8 ic64 ih56 iw40 oc128 kh5 kw3 sh2 ph2 dw1 x3 n\"net a b\"",
        "dense in7 out3 x2 n\"net fc\"",
        "conv ic1 ih5 oc1 kh5"
      })
  void aLineIsReadAsWhatWroteIt(String line) {
    Problem problem = parse(line);
    assertEquals(problem, parse(problem.line()));
  }

  @Test
  void commentsAndEmptyLinesAreNoProblems() {
    assertTrue(ProblemParser.parse("  # conv ic3", "here").isEmpty());
    assertTrue(ProblemParser.parse("   ", "here").isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool ic3|a problem starts with conv or dense; got \"pool\"",
        "conv ic3 ih8 oc4|kh is missing",
        "conv ic3 ih8 oc4 kh3 ic3|ic must be given once",
        "conv ic3 ih8 oc4 kh3 qq1|got \"qq1\"",
        "conv ic3 ih8 oc4 kh-3|got \"kh-3\"",
        "conv ic3 ih8 oc4 kh99999999999|got \"kh99999999999\"",
        "dense in3 out4 kh3|got \"kh3\"",
        "dense in0 out4|in and out of a dense layer must be at least 1; got in0 out4",
        "dense in99999 out99999|the weights of in99999 out99999 must fit into one array",
        "conv g2 ic3 ih8 oc4 kh3|groups must divide the channels; got g2 ic3 oc4",
        "conv ic3 ih8 oc4 kh3 oh8|oh must be what follows from the rest, 6; got 8",
        "conv ic3 ih8 oc4 kh9|the kernel must fit into the padded image; kernel 9",
        "conv ic3 ih8 oc4 kh3 sh0|stride must be at least 1",
        "conv mb0 ic3 ih8 oc4 kh3|mb must be at least 1; got 0",
        "conv mb99999999 ic3 ih999 oc4 kh3|the input of 99999999 samples must fit into one array",
      })
  void saysWhatIsWrong(String line, String message) {
    ConvoyException refused =
        assertThrows(ConvoyException.class, () -> ProblemParser.parse(line, "set.txt line 7"));
    assertTrue(refused.getMessage().startsWith("set.txt line 7: "), refused.getMessage());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(refused.getMessage().endsWith("; line: " + line), refused.getMessage());
  }

  @Test
  void namesTheLineOfAText() throws IOException {
    String text = "# two problems\ndense in3 out4\n\ndense in3\n";
    ConvoyException refused =
        assertThrows(
            ConvoyException.class,
            () -> ProblemParser.parseAll(new BufferedReader(new StringReader(text)), "set.txt"));
    assertTrue(refused.getMessage().startsWith("set.txt line 4: out is missing"));
    String right = "dense in3 out4\n# more\ndense in5 out6\n";
    List<Problem> problems =
        ProblemParser.parseAll(new BufferedReader(new StringReader(right)), "set.txt");
    assertEquals(2, problems.size());
  }
}
