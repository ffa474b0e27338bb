package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes at the end of each stage are those of the papers' tables, and of other inputs. */
class ArchitectureShapesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lenet; pool1 14x14x32, pool2 7x7x64, flatten 3136, fc1 1024, fc2 10",
        "alexnet; features.2 27x27x64, features.5 13x13x192, features.12 6x6x256, flatten 9216,"
            + " classifier.6 1000",
        "lenet5; relu1 28x28x6, pool1 14x14x6, relu2 10x10x16, pool2 5x5x16, fc3 10",
        "lenet5_original; c1 28x28x6, s2 14x14x6, c3 10x10x16, s4 5x5x16, c5 120, f6 84, output 10",
        "alexnet_2012; conv1 55x55x96, pool1 27x27x96, conv2 27x27x256, pool2 13x13x256,"
            + " pool5 6x6x256, fc6 4096, fc8 1000",
        "zfnet; conv1 110x110x96, pool1 55x55x96, conv2 26x26x256, pool2 13x13x256,"
            + " conv5 13x13x256, pool5 6x6x256, fc6 4096, fc8 1000",
        "googlenet; maxpool1 56x56x64, maxpool2 28x28x192, inception3a.concat 28x28x256,"
            + " inception3b.concat 28x28x480, maxpool3 14x14x480, inception4a.concat 14x14x512,"
            + " inception4e.concat 14x14x832, maxpool4 7x7x832, inception5b.concat 7x7x1024,"
            + " fc 1000",
        "inception_v3; Conv2d_1a_3x3.relu 149x149x32, Conv2d_2b_3x3.relu 147x147x64,"
            + " maxpool1 73x73x64, Conv2d_4a_3x3.relu 71x71x192, maxpool2 35x35x192,"
            + " Mixed_5d.concat 35x35x288, Mixed_6a.concat 17x17x768, Mixed_6e.concat 17x17x768,"
            + " Mixed_7a.concat 8x8x1280, Mixed_7c.concat 8x8x2048, fc 1000",
        "squeezenet1_0; features.0 109x109x96, features.2 54x54x96, features.6 27x27x256,"
            + " features.11 13x13x512, classifier.1 13x13x1000, classifier.3 1000",
        "squeezenet1_1; features.0 111x111x64, features.2 55x55x64, features.5 27x27x128,"
            + " features.8 13x13x256, features.12.concat 13x13x512, classifier.3 1000",
        "shufflenet_v1; maxpool 56x56x24, stage2.3.relu 28x28x240, stage3.7.relu 14x14x480,"
            + " stage4.3.relu 7x7x960, fc 1000",
        "shufflenet_v2_x1_0; maxpool 56x56x24, stage2.3.shuffle 28x28x116,"
            + " stage3.7.shuffle 14x14x232, stage4.3.shuffle 7x7x464, conv5.2 7x7x1024, fc 1000",
        "densenet121; features.pool0 56x56x64, features.transition1.pool 28x28x128,"
            + " features.transition2.pool 14x14x256, features.transition3.pool 7x7x512,"
            + " relu5 7x7x1024, classifier 1000",
        "densenet100_bc; features.transition1.pool 16x16x108, features.transition2.pool 8x8x150,"
            + " relu5 8x8x342, classifier 10",
        "mobilenet_v2; features.0.2 112x112x32, features.1.conv.2 112x112x16,"
            + " features.3.add 56x56x24, features.6.add 28x28x32, features.10.add 14x14x64,"
            + " features.13.add 14x14x96, features.16.add 7x7x160, features.17.conv.3 7x7x320,"
            + " features.18.2 7x7x1280, classifier.1 1000",
        "efficientnet_b0; features.0.2 112x112x32, features.1.0.block.2.1 112x112x16,"
            + " features.2.1.add 56x56x24, features.3.1.add 28x28x40, features.4.2.add 14x14x80,"
            + " features.5.2.add 14x14x112, features.6.3.add 7x7x192,"
            + " features.7.0.block.3.1 7x7x320, features.8.2 7x7x1280, classifier.1 1000",
        "resnext50_32x4d; layer1.0.conv2 56x56x128, layer1.2.relu 56x56x256,"
            + " layer4.0.conv2 7x7x1024, layer4.2.relu 7x7x2048, fc 1000",
        "wide_resnet50_2; layer1.0.conv2 56x56x128, layer4.0.conv2 7x7x1024,"
            + " layer4.2.relu 7x7x2048, fc 1000",
        "resnet9; prep.relu 32x32x64, layer1.add 16x16x128, layer2.pool 8x8x256, layer3.add 4x4x512,"
            + " pool 512, fc 10",
        "resnet110; layer1.17.relu 32x32x16, layer2.17.relu 16x16x32, layer3.17.relu 8x8x64, fc 10",
        "vgg16_bn; features.6 112x112x64, features.43 7x7x512, classifier.6 1000",
        "resnet-18; relu 112x112x64, maxpool 56x56x64, layer1.1.relu 56x56x64,"
            + " layer2.1.relu 28x28x128, layer3.1.relu 14x14x256, layer4.1.relu 7x7x512,"
            + " avgpool 512, fc 1000",
        "resnet-50; relu 112x112x64, maxpool 56x56x64, layer1.0.conv2 56x56x64,"
            + " layer1.2.relu 56x56x256, layer2.0.conv1 56x56x128, layer2.0.conv2 28x28x128,"
            + " layer2.3.relu 28x28x512, layer3.5.relu 14x14x1024, layer4.2.relu 7x7x2048,"
            + " avgpool 2048, fc 1000",
        "resnet-20; relu 32x32x16, layer1.2.relu 32x32x16, layer2.2.relu 16x16x32,"
            + " layer3.2.relu 8x8x64, avgpool 64, fc 10",
        "vgg-11; features.2 112x112x64, features.5 56x56x128, features.10 28x28x256,"
            + " features.15 14x14x512, features.20 7x7x512, flatten 25088, classifier.0 4096,"
            + " classifier.3 4096, classifier.6 1000",
        "mobilenet-v1; relu1 112x112x32, block1.relu2 112x112x64, block2.relu1 56x56x64,"
            + " block3.relu2 56x56x128, block5.relu2 28x28x256, block6.relu2 14x14x512,"
            + " block11.relu2 14x14x512, block12.relu2 7x7x1024, block13.relu1 7x7x1024,"
            + " avgpool 1024, fc 1000",
      })
  void stages(String name, String shapes) {
    check(Architecture.named(name).network(), shapes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lenet; 9x7x3; pool1 4x3x32, pool2 2x1x64, fc2 7",
        "resnet-18; 65x33x1; maxpool 17x9x64, layer4.1.relu 3x2x512, avgpool 512, fc 7",
        "resnet-50; 1x1x3; layer4.2.relu 1x1x2048, fc 7",
        "resnet-20; 28x31x1; layer3.2.relu 7x8x64, fc 7",
        "vgg-11; 63x32x3; features.20 1x1x512, flatten 512, classifier.6 7",
        "mobilenet-v1; 129x96x3; block13.relu2 5x3x1024, fc 7",
      })
  void otherInputsAndClasses(String name, String input, String shapes) {
    List<Integer> extents = Arrays.stream(input.split("x")).map(Integer::valueOf).toList();
    Architecture architecture = Architectures.of(name, extents, 7);
    assertEquals(input, architecture.input().toString());
    check(architecture.network(), shapes);
  }

  /** A larger image gives the same logits at each place, and their mean. */
  @Test
  void aConvolutionalClassifierTakesLargerImages() {
    Vgg dense = new Vgg(Vgg.Type.VGG11, Shape.of(224, 224, 3), 7);
    Vgg same = new Vgg(Vgg.Type.VGG11, Shape.of(224, 224, 3), 7, true);
    assertEquals(
        dense.network().layout().trainedParameters(), same.network().layout().trainedParameters());
    Network larger = new Vgg(Vgg.Type.VGG11, Shape.of(288, 320, 3), 7, true).network();
    check(larger, "features.20 9x10x512, classifier.0 3x4x4096, classifier.6 3x4x7, mean 7");
  }

  private static void check(Network network, String shapes) {
    for (String line : shapes.split(", ")) {
      String[] stage = line.strip().split(" ");
      Shape shape =
          network.nodes().stream()
              .filter(node -> node.name().equals(stage[0]))
              .map(Node::shape)
              .findFirst()
              .orElseThrow(() -> new AssertionError("no layer " + stage[0]));
      assertEquals(stage[1], shape.toString().replaceAll("[\\[\\]]", ""), stage[0]);
    }
  }
}
