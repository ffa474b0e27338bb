package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerFiguresTest {
  /** Worked out by hand. */
  @Test
  void countsParametersAveragesAndMultiplyAdds() {
    Network network =
        Network.input(9, 7, 4)
            .then("conv", Conv2d.of(6, 3).withPadding(Padding.SAME).withStride(2))
            .then("norm", BatchNorm2d.standard())
            .then("grouped", Conv2d.of(8, 3).withGroups(2).withoutBias())
            .then("pool", MaxPool2d.of(2))
            .then("flatten", new Flatten())
            .then("logits", Linear.of(3))
            .build();
    assertEquals(
        List.of(
            // 5 x 4 pixels of 6 channels, each a sum of 3 x 3 x 4 products
            new LayerFigures("conv", "conv2d", Shape.of(5, 4, 6), 6 * 36 + 6, 0, 5 * 4 * 6 * 36),
            new LayerFigures("norm", "batchNorm2d", Shape.of(5, 4, 6), 12, 12, 0),
            // 3 x 2 pixels of 8 channels, each over 3 x 3 x 3 of a group
            new LayerFigures("grouped", "conv2d", Shape.of(3, 2, 8), 8 * 27, 0, 3 * 2 * 8 * 27),
            new LayerFigures("pool", "maxPool2d", Shape.of(1, 1, 8), 0, 0, 0),
            new LayerFigures("flatten", "flatten", Shape.of(8), 0, 0, 0),
            new LayerFigures("logits", "linear", Shape.of(3), 27, 0, 24)),
        LayerFigures.of(network));
  }
}
