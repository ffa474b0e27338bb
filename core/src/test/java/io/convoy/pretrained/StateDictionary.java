package io.convoy.pretrained;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state dictionaries of torchvision's networks, name and shape, put together by hand from the
 * modules that they are made of: no code of the product's takes part.
 */
final class StateDictionary {
  private final Map<String, List<Long>> tensors = new LinkedHashMap<>();

  private StateDictionary() {}

  static Map<String, List<Long>> of(String network) {
    StateDictionary all = new StateDictionary();
    switch (network) {
      case "resnet18" -> all.resNet(false, 1, 64, 2, 2, 2, 2);
      case "resnet34" -> all.resNet(false, 1, 64, 3, 4, 6, 3);
      case "resnet50" -> all.resNet(true, 1, 64, 3, 4, 6, 3);
      case "resnet101" -> all.resNet(true, 1, 64, 3, 4, 23, 3);
      case "resnext50_32x4d" -> all.resNet(true, 32, 4, 3, 4, 6, 3);
      case "wide_resnet50_2" -> all.resNet(true, 1, 128, 3, 4, 6, 3);
      case "vgg11" -> all.vgg(false, 1, 1, 2, 2, 2);
      case "vgg16" -> all.vgg(false, 2, 2, 3, 3, 3);
      case "vgg16_bn" -> all.vgg(true, 2, 2, 3, 3, 3);
      case "alexnet" -> all.alexNet();
      case "densenet121" -> all.denseNet(32, 64, 6, 12, 24, 16);
      case "densenet161" -> all.denseNet(48, 96, 6, 12, 36, 24);
      case "mobilenet_v2" -> all.mobileNetV2();
      case "efficientnet_b0" -> all.efficientNetB0();
      case "squeezenet1_1" -> all.squeezeNet();
      case "shufflenet_v2_x1_0" -> all.shuffleNetV2();
      case "googlenet" -> all.googLeNet();
      default -> throw new IllegalArgumentException(network);
    }
    return all.tensors;
  }

  private void put(String name, long... shape) {
    List<Long> extents = new ArrayList<>();
    for (long extent : shape) {
      extents.add(extent);
    }
    tensors.put(name, extents);
  }

  private void conv(String name, long out, long in, long kernel) {
    put(name + ".weight", out, in, kernel, kernel);
  }

  private void biased(String name, long out, long in, long kernel) {
    conv(name, out, in, kernel);
    put(name + ".bias", out);
  }

  private void linear(String name, long out, long in) {
    put(name + ".weight", out, in);
    put(name + ".bias", out);
  }

  private void norm(String name, long channels) {
    for (String array : List.of("weight", "bias", "running_mean", "running_var")) {
      put(name + "." + array, channels);
    }
    put(name + ".num_batches_tracked");
  }

  private void resNet(boolean bottleneck, long groups, long base, int... blocks) {
    conv("conv1", 64, 3, 7);
    norm("bn1", 64);
    long in = 64;
    for (int stage = 0; stage < 4; stage++) {
      long planes = 64L << stage;
      long out = bottleneck ? 4 * planes : planes;
      long width = planes * base / 64 * groups;
      for (int b = 0; b < blocks[stage]; b++) {
        String p = "layer%s.%s.".formatted(stage + 1, b);
        if (bottleneck) {
          conv(p + "conv1", width, in, 1);
          norm(p + "bn1", width);
          conv(p + "conv2", width, width / groups, 3);
          norm(p + "bn2", width);
          conv(p + "conv3", out, width, 1);
          norm(p + "bn3", out);
        } else {
          conv(p + "conv1", planes, in, 3);
          norm(p + "bn1", planes);
          conv(p + "conv2", planes, planes, 3);
          norm(p + "bn2", planes);
        }
        if (in != out) {
          conv(p + "downsample.0", out, in, 1);
          norm(p + "downsample.1", out);
        }
        in = out;
      }
    }
    linear("fc", 1000, in);
  }

  private void vgg(boolean normalised, int... convolutions) {
    long[] channels = {64, 128, 256, 512, 512};
    int module = 0;
    long in = 3;
    for (int stage = 0; stage < 5; stage++) {
      for (int i = 0; i < convolutions[stage]; i++) {
        biased("features." + module++, channels[stage], in, 3);
        if (normalised) {
          norm("features." + module++, channels[stage]);
        }
        module++; // ReLU
        in = channels[stage];
      }
      module++; // MaxPool2d
    }
    linear("classifier.0", 4096, 512 * 7 * 7);
    linear("classifier.3", 4096, 4096);
    linear("classifier.6", 1000, 4096);
  }

  private void squeezeNet() {
    biased("features.0", 64, 3, 3);
    int[] modules = {3, 4, 6, 7, 9, 10, 11, 12};
    long[] squeezed = {16, 16, 32, 32, 48, 48, 64, 64};
    long in = 64;
    for (int fire = 0; fire < modules.length; fire++) {
      String p = "features.%s.".formatted(modules[fire]);
      long expanded = 4 * squeezed[fire];
      biased(p + "squeeze", squeezed[fire], in, 1);
      biased(p + "expand1x1", expanded, squeezed[fire], 1);
      biased(p + "expand3x3", expanded, squeezed[fire], 3);
      in = 2 * expanded;
    }
    biased("classifier.1", 1000, in, 1);
  }

  private void shuffleNetV2() {
    conv("conv1.0", 24, 3, 3);
    norm("conv1.1", 24);
    long[] channels = {116, 232, 464};
    int[] units = {4, 8, 4};
    long in = 24;
    for (int stage = 0; stage < 3; stage++) {
      long half = channels[stage] / 2;
      for (int unit = 0; unit < units[stage]; unit++) {
        String p = "stage%s.%s.".formatted(stage + 2, unit);
        if (unit == 0) {
          conv(p + "branch1.0", in, 1, 3);
          norm(p + "branch1.1", in);
          conv(p + "branch1.2", half, in, 1);
          norm(p + "branch1.3", half);
        }
        conv(p + "branch2.0", half, unit == 0 ? in : half, 1);
        norm(p + "branch2.1", half);
        conv(p + "branch2.3", half, 1, 3);
        norm(p + "branch2.4", half);
        conv(p + "branch2.5", half, half, 1);
        norm(p + "branch2.6", half);
      }
      in = channels[stage];
    }
    conv("conv5.0", 1024, in, 1);
    norm("conv5.1", 1024);
    linear("fc", 1000, 1024);
  }

  private void basic(String name, long out, long in, long kernel) {
    conv(name + ".conv", out, in, kernel);
    norm(name + ".bn", out);
  }

  /** With {@code aux_logits=False}. */
  private void googLeNet() {
    basic("conv1", 64, 3, 7);
    basic("conv2", 64, 64, 1);
    basic("conv3", 192, 64, 3);
    Object[][] modules = {
      {"3a", 192, 64, 96, 128, 16, 32, 32},
      {"3b", 256, 128, 128, 192, 32, 96, 64},
      {"4a", 480, 192, 96, 208, 16, 48, 64},
      {"4b", 512, 160, 112, 224, 24, 64, 64},
      {"4c", 512, 128, 128, 256, 24, 64, 64},
      {"4d", 512, 112, 144, 288, 32, 64, 64},
      {"4e", 528, 256, 160, 320, 32, 128, 128},
      {"5a", 832, 256, 160, 320, 32, 128, 128},
      {"5b", 832, 384, 192, 384, 48, 128, 128},
    };
    for (Object[] module : modules) {
      String p = "inception" + module[0] + ".";
      long[] c = new long[8];
      for (int i = 1; i < c.length; i++) {
        c[i] = (int) module[i];
      }
      basic(p + "branch1", c[2], c[1], 1);
      basic(p + "branch2.0", c[3], c[1], 1);
      basic(p + "branch2.1", c[4], c[3], 3);
      basic(p + "branch3.0", c[5], c[1], 1);
      basic(p + "branch3.1", c[6], c[5], 3);
      basic(p + "branch4.1", c[7], c[1], 1);
    }
    linear("fc", 1000, 1024);
  }

  private void alexNet() {
    biased("features.0", 64, 3, 11);
    biased("features.3", 192, 64, 5);
    biased("features.6", 384, 192, 3);
    biased("features.8", 256, 384, 3);
    biased("features.10", 256, 256, 3);
    linear("classifier.1", 4096, 256 * 6 * 6);
    linear("classifier.4", 4096, 4096);
    linear("classifier.6", 1000, 4096);
  }

  private void denseNet(long growth, long stem, int... blocks) {
    conv("features.conv0", stem, 3, 7);
    norm("features.norm0", stem);
    long channels = stem;
    for (int block = 1; block <= blocks.length; block++) {
      for (int layer = 1; layer <= blocks[block - 1]; layer++) {
        String p = "features.denseblock%s.denselayer%s.".formatted(block, layer);
        norm(p + "norm1", channels);
        conv(p + "conv1", 4 * growth, channels, 1);
        norm(p + "norm2", 4 * growth);
        conv(p + "conv2", growth, 4 * growth, 3);
        channels += growth;
      }
      if (block < blocks.length) {
        norm("features.transition%s.norm".formatted(block), channels);
        conv("features.transition%s.conv".formatted(block), channels / 2, channels, 1);
        channels /= 2;
      }
    }
    norm("features.norm5", channels);
    linear("classifier", 1000, channels);
  }

  private void mobileNetV2() {
    conv("features.0.0", 32, 3, 3);
    norm("features.0.1", 32);
    int[][] table = {
      {1, 16, 1}, {6, 24, 2}, {6, 32, 3}, {6, 64, 4}, {6, 96, 3}, {6, 160, 3}, {6, 320, 1}
    };
    long in = 32;
    int module = 1;
    for (int[] row : table) {
      for (int i = 0; i < row[2]; i++) {
        String p = "features.%s.conv.".formatted(module++);
        long hidden = in * row[0];
        int part = 0;
        if (row[0] > 1) {
          conv(p + part + ".0", hidden, in, 1);
          norm(p + part++ + ".1", hidden);
        }
        conv(p + part + ".0", hidden, 1, 3);
        norm(p + part++ + ".1", hidden);
        conv(p + part++, row[1], hidden, 1);
        norm(p + part, row[1]);
        in = row[1];
      }
    }
    conv("features.18.0", 1280, 320, 1);
    norm("features.18.1", 1280);
    linear("classifier.1", 1000, 1280);
  }

  private void efficientNetB0() {
    conv("features.0.0", 32, 3, 3);
    norm("features.0.1", 32);
    int[][] table = {
      {1, 3, 16, 1},
      {6, 3, 24, 2},
      {6, 5, 40, 2},
      {6, 3, 80, 3},
      {6, 5, 112, 3},
      {6, 5, 192, 4},
      {6, 3, 320, 1}
    };
    long in = 32;
    for (int stage = 1; stage <= 7; stage++) {
      int[] row = table[stage - 1];
      for (int i = 0; i < row[3]; i++) {
        String p = "features.%s.%s.block.".formatted(stage, i);
        long hidden = in * row[0];
        int part = 0;
        if (row[0] > 1) {
          conv(p + part + ".0", hidden, in, 1);
          norm(p + part++ + ".1", hidden);
        }
        conv(p + part + ".0", hidden, 1, row[1]);
        norm(p + part++ + ".1", hidden);
        biased(p + part + ".fc1", in / 4, hidden, 1);
        biased(p + part++ + ".fc2", hidden, in / 4, 1);
        conv(p + part + ".0", row[2], hidden, 1);
        norm(p + part + ".1", row[2]);
        in = row[2];
      }
    }
    conv("features.8.0", 1280, 320, 1);
    norm("features.8.1", 1280);
    linear("classifier.1", 1000, 1280);
  }
}
