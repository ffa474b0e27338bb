package io.convoy.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;

/** Each error says what is wrong and points at it. */
final class NotationErrorsTest {
  private static void refuses(String notation, String message) {
    refuses(notation, "{}", message);
  }

  private static void refuses(String notation, String values, String message) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> NotationTest.network(notation, values));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertEquals(message, error.getMessage());
  }

  @Test
  void signsThatDoNotFit() {
    refuses(
        "INPUT(8,8,1) => CONV(8 => RELU",
        """
        column 24: expected ')', ','; got '=>'
          INPUT(8,8,1) => CONV(8 => RELU
                                 ^""");
    refuses(
        "INPUT(8,8,1) => [CONV(8) => RELU",
        """
        column 33: expected ']'; got the end
          INPUT(8,8,1) => [CONV(8) => RELU
                                          ^""");
    refuses(
        "INPUT(8,8,1) => [CONV(8)] * => RELU",
        """
        column 29: expected a number, a name; got '=>'
          INPUT(8,8,1) => [CONV(8)] * => RELU
                                      ^""");
    refuses(
        "INPUT(8,8,1) => CONV(8)\n  => RELU $ FC(3)",
        """
        line 2, column 11: expected '=>', '(', '?', '*' or the end; got '$'
            => RELU $ FC(3)
                    ^""");
  }

  @Test
  void namesThatNobodyKnows() {
    refuses(
        "INPUT(8,8,1) => RELUU",
        """
        column 17: there is no layer 'RELUU', did you mean 'RELU'?
          INPUT(8,8,1) => RELUU
                          ^""");
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> Notation.of("INPUT(8,8,1) => Q_Q_Q_Q_Q").network());
    assertTrue(
        error
            .getMessage()
            .startsWith("column 17: there is no layer 'Q_Q_Q_Q_Q'; known: AVGPOOL, BN, "),
        error::getMessage);
    refuses(
        "INPUT(8,8,1) => Add => RELU",
        """
        column 17: Add joins several layers, and a chain has no branches: give such a network by\
         its layers, in a recipe
          INPUT(8,8,1) => Add => RELU
                          ^""");
    refuses(
        "INPUT(8,8,1) => CONV(8, stride_=2)",
        """
        column 25: CONV: unknown key 'stride_', did you mean 'stride'? known here: bias, dilation,\
         groups, initializer, kernel, outChannels, padding, stride
          INPUT(8,8,1) => CONV(8, stride_=2)
                                  ^""");
    refuses(
        "INPUT(8) => FC(W)",
        """
        column 13: FC: outFeatures: expected a whole number; got 'W': where W is a name, give it a\
         value, such as values: {W: 2}
          INPUT(8) => FC(W)
                      ^""");
    refuses(
        "INPUT(8) => FC(3)",
        "{\"REPEATS\": 3}",
        "network: values: unknown key 'REPEATS'; known here: FC, INPUT");
  }

  @Test
  void argumentsThatDoNotFit() {
    refuses(
        "INPUT(8,8,1) => CONV => RELU",
        """
        column 17: CONV: outChannels is missing; its arguments, in this order: outChannels,\
         kernel, stride, padding, dilation, groups, bias, initializer (without a kernel it is 3x3,\
         without a padding same)
          INPUT(8,8,1) => CONV => RELU
                          ^""");
    refuses(
        "INPUT(8,8,1) => CONV(8,stride=2,stride=2)",
        """
        column 33: CONV: stride is given twice
          INPUT(8,8,1) => CONV(8,stride=2,stride=2)
                                          ^""");
    refuses(
        "INPUT(8,8,1) => CONV(filters=8,3)",
        """
        column 32: behind an argument with a name, all have one
          INPUT(8,8,1) => CONV(filters=8,3)
                                         ^""");
    refuses(
        "INPUT(8,8,1) => RELU(3)",
        """
        column 22: RELU takes no arguments
          INPUT(8,8,1) => RELU(3)
                               ^""");
    refuses(
        "INPUT(8,8,1) => CONV(0)",
        """
        column 17: CONV: conv2d: outChannels must be at least 1; got 0
          INPUT(8,8,1) => CONV(0)
                          ^""");
  }

  @Test
  void shapesThatDoNotFit() {
    refuses(
        "INPUT(8,8,1) => [CONV(4) => POOL] * 4",
        """
        column 29: layer 'maxPool2d_4': maxPool2d: the window must fit into the padded image;\
         window 2x2 (kernel 2x2, dilation 1x1), image 1x1x4 padded to 1x1: use a smaller kernel or\
         more padding
          INPUT(8,8,1) => [CONV(4) => POOL] * 4
                                      ^""");
    refuses(
        "CONV(8) => INPUT(8,8,1)",
        """
        column 1: a network starts with its input, INPUT(height, width, channels), such as\
         INPUT(28,28,1)
          CONV(8) => INPUT(8,8,1)
          ^""");
    refuses(
        "INPUT(8,8) => RELU",
        """
        column 1: INPUT takes the height, width and channels of an image, or the features of a\
         vector, as in INPUT(28,28,1); got [8, 8]
          INPUT(8,8) => RELU
          ^""");
  }

  @Test
  void whatStandsBesideDoesNotFit() {
    refuses(
        "INPUT(8) => FC(3) * N",
        """
        column 21: how often? give N a value, such as values: {N: 2}
          INPUT(8) => FC(3) * N
                              ^""");
    refuses(
        "INPUT(8,8,1) => POOL? => FC(3)",
        """
        column 21: is it there? give 'POOL?' a value, such as values: {POOL?: true}
          INPUT(8,8,1) => POOL? => FC(3)
                              ^""");
    refuses(
        "INPUT(8) => FC(W) * 3",
        "{\"W\": [1, 2]}",
        """
        column 16: W is a list of 2, and the network takes one more: give it as many as it is taken\
         times
          INPUT(8) => FC(W) * 3
                         ^""");
    refuses(
        "INPUT(8) => FC(W)",
        "{\"W\": [1, 2]}",
        "values: W is a list of 2, and the network takes 1 of them: give it as many as it is taken"
            + " times");
  }

  /** Of a long line, what stands around the place. */
  @Test
  void aLongLineIsCut() {
    String chain = "INPUT(8,8,1)" + " => RELU".repeat(40) + " => OOPS" + " => RELU".repeat(40);
    ConvoyException error = assertThrows(ConvoyException.class, () -> Notation.of(chain).network());
    String[] lines = error.getMessage().split("\n");
    assertEquals(3, lines.length);
    assertTrue(lines[1].length() <= 80, lines[1]);
    assertEquals("OOPS", lines[1].substring(lines[2].indexOf('^'), lines[2].indexOf('^') + 4));
  }
}
