package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of layers and options in JSON, and what is meant where an option is left out. */
class LayerJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'avgPool2d', kernel: 3;"
            + " {\"type\":\"avgPool2d\",\"kernel\":3,\"stride\":3,\"padding\":\"valid\","
            + "\"countIncludePad\":true,\"ceilMode\":false}",
        "'avgPool2d', kernel: [3, 2], stride: 1, padding: [1, 0], countIncludePad: false,"
            + " ceilMode: true;"
            + " {\"type\":\"avgPool2d\",\"kernel\":[3,2],\"stride\":1,\"padding\":[1,0],"
            + "\"countIncludePad\":false,\"ceilMode\":true}",
        "'channelScale'; {\"type\":\"channelScale\",\"bias\":true}",
        "'channelShuffle', groups: 3; {\"type\":\"channelShuffle\",\"groups\":3}",
        "'convTranspose2d', outChannels: 4, kernel: 2, stride: 2;"
            + " {\"type\":\"convTranspose2d\",\"outChannels\":4,\"kernel\":2,\"stride\":2,"
            + "\"padding\":\"valid\",\"outputPadding\":0,\"dilation\":1,\"groups\":1,\"bias\":true,"
            + "\"initializer\":\"heNormal\"}",
        "'groupNorm', groups: 3;"
            + " {\"type\":\"groupNorm\",\"groups\":3,\"epsilon\":1.0E-5,\"affine\":true}",
        "'instanceNorm'; {\"type\":\"instanceNorm\",\"epsilon\":1.0E-5,\"affine\":false}",
        "'l2Norm'; {\"type\":\"l2Norm\",\"epsilon\":1.0E-12}",
        "'layerNorm'; {\"type\":\"layerNorm\",\"epsilon\":1.0E-5,\"affine\":true}",
        "'localResponseNorm'; {\"type\":\"localResponseNorm\",\"size\":5,\"alpha\":1.0E-4,"
            + "\"beta\":0.75,\"k\":1.0}",
        "'logSoftmax'; {\"type\":\"logSoftmax\"}",
        "'maxPool2d', kernel: 2; {\"type\":\"maxPool2d\",\"kernel\":2,\"stride\":2,"
            + "\"padding\":\"valid\",\"ceilMode\":false}",
        "'maxout', pieces: 3; {\"type\":\"maxout\",\"pieces\":3}",
        "'pRelu'; {\"type\":\"pRelu\",\"shared\":false,\"initial\":0.25}",
        "'padChannels', after: 2; {\"type\":\"padChannels\",\"before\":0,\"after\":2}",
        "'selectChannels', channels: [2, 0];" + " {\"type\":\"selectChannels\",\"channels\":[2,0]}",
        "'softmax'; {\"type\":\"softmax\"}",
        "'upsample2d', scale: 2;" + " {\"type\":\"upsample2d\",\"scale\":2,\"mode\":\"nearest\"}",
        "'upsample2d', scale: [2, 1], mode: 'bilinear';"
            + " {\"type\":\"upsample2d\",\"scale\":[2,1],\"mode\":\"bilinear\"}",
        "'zeroPad2d', left: 1;"
            + " {\"type\":\"zeroPad2d\",\"top\":0,\"bottom\":0,\"left\":1,\"right\":0}",
        "'scaledTanh'; {\"type\":\"scaledTanh\",\"scale\":1.7159,\"slope\":0.6666667}",
        "'globalAvgPool'; {\"type\":\"globalAvgPool\"}",
        "'leakyRelu'; {\"type\":\"leakyRelu\",\"negativeSlope\":0.01}",
        "'leakyRelu', negativeSlope: 0.2; {\"type\":\"leakyRelu\",\"negativeSlope\":0.2}",
        "'elu'; {\"type\":\"elu\",\"alpha\":1.0,\"scale\":1.0}",
        "'gelu'; {\"type\":\"gelu\",\"approximate\":\"none\"}",
        "'gelu', approximate: 'tanh'; {\"type\":\"gelu\",\"approximate\":\"tanh\"}",
        "'hardSigmoid', slope: 0.25;" + " {\"type\":\"hardSigmoid\",\"slope\":0.25,\"offset\":0.5}",
        "'globalMaxPool'; {\"type\":\"globalMaxPool\"}",
        "'hardTanh', min: -2; {\"type\":\"hardTanh\",\"min\":-2.0,\"max\":1.0}",
        "'hardSwish'; {\"type\":\"hardSwish\"}",
        "'relu6'; {\"type\":\"relu6\"}",
        "'selu'; {\"type\":\"selu\"}",
        "'silu'; {\"type\":\"silu\"}",
        "'spatialDropout', rate: 0.5; {\"type\":\"spatialDropout\",\"rate\":0.5}",
        "'stochasticDepth', rate: 0.5; {\"type\":\"stochasticDepth\",\"rate\":0.5}",
        "'sigmoid'; {\"type\":\"sigmoid\"}",
        "'tanh'; {\"type\":\"tanh\"}",
      })
  void roundTrip(String options, String expected) throws Exception {
    Layer layer = Problem.parse("1 | 9, 7, 3 | type: " + options).layer();
    Network network = Network.input(9, 7, 3).then("x", layer).build();
    String text = JSON.writeValueAsString(network.toJson());
    assertEquals(
        "{\"input\":[9,7,3],\"layers\":[{\"name\":\"x\"," + expected.substring(1) + "]}", text);
    Network again = Network.fromJson(JSON.readTree(text));
    assertEquals(network, again);
    assertEquals(layer, again.nodes().get(0).layer());
  }

  @Test
  void concatNamesItsInputs() throws Exception {
    Network network =
        Network.input(9, 7, 3)
            .then("a", new Tanh())
            .join("b", new Sigmoid(), "input")
            .join("both", new Concat(), "a", "b", "a")
            .build();
    String text = JSON.writeValueAsString(network.toJson());
    assertEquals(
        "{\"input\":[9,7,3],\"layers\":[{\"name\":\"a\",\"type\":\"tanh\"},"
            + "{\"name\":\"b\",\"type\":\"sigmoid\",\"inputs\":[\"input\"]},"
            + "{\"name\":\"both\",\"type\":\"concat\",\"inputs\":[\"a\",\"b\",\"a\"]}]}",
        text);
    assertEquals(network, Network.fromJson(JSON.readTree(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'avgPool2d', kernel: 3, ceil: true; network.layers[0]: unknown key 'ceil'",
        "'avgPool2d', kernel: 3, countIncludePad: 7; network.layers[0].countIncludePad: expected"
            + " true or false; got 7",
        "'leakyRelu', slope: 0.2; network.layers[0]: unknown key 'slope'",
        "'leakyRelu', negativeSlope: 'a'; network.layers[0].negativeSlope: expected a number; got"
            + " 'a'",
        "'sigmoid', slope: 1; network.layers[0]: unknown key 'slope'",
      })
  void whatIsNoOptionIsRefused(String options, String start) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Problem.parse("1 | 9, 7, 3 | type: " + options));
    int length = Math.min(start.length(), error.getMessage().length());
    assertEquals(start, error.getMessage().substring(0, length));
  }
}
