package io.convoy.layer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;

/** A layer and its input as a line of text: {@code 2 | 9, 11, 3 | type: 'relu'}. */
record Problem(int samples, Shape input, Layer layer) {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  static Problem parse(String line) {
    String[] parts = line.split("\\|");
    String json = "{input: [%s], layers: [{%s}]}".formatted(parts[1], parts[2]);
    try {
      Network network = Network.fromJson(LENIENT.readTree(json));
      int samples = Integer.parseInt(parts[0].trim());
      return new Problem(samples, network.inputShape(), network.nodes().get(0).layer());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  LayerRig rig() {
    return LayerRig.of(layer, samples, input.toArray());
  }
}
