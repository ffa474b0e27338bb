package io.convoy.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.ensemble.OutputAverage;
import io.convoy.error.ConvoyException;
import io.convoy.operation.ConvolutionAlgorithm;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an ensemble is, {@code ensemble.json}: written last, so that a folder without it is no
 * ensemble.
 *
 * @param formatVersion of the folder, {@link #FORMAT_VERSION}
 * @param members in order, at least one
 * @param average how their outputs become one
 * @param classes their names, in the order of the ensemble's outputs
 */
record EnsembleDescription(
    int formatVersion, List<Entry> members, OutputAverage average, List<String> classes) {
  static final int FORMAT_VERSION = 1;
  static final int MOST_MEMBERS = 1000;

  private static final Pattern FOLDER = Pattern.compile("members/\\d{5}");

  /**
   * A member.
   *
   * @param folder below the ensemble's, such as {@code members/00000}
   * @param name for people
   * @param run where it came from, as it was given
   * @param step of that training, at least 0
   * @param conv how its convolutions are computed
   * @param weightsSha256 of its weights, as little-endian floats, in hexadecimal
   */
  record Entry(
      String folder,
      String name,
      String run,
      long step,
      ConvolutionAlgorithm conv,
      String weightsSha256) {
    @JsonCreator
    Entry(
        @JsonProperty(value = "folder", required = true) String folder,
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "run", required = true) String run,
        @JsonProperty(value = "step", required = true) long step,
        @JsonProperty(value = "conv", required = true) ConvolutionAlgorithm conv,
        @JsonProperty(value = "weightsSha256", required = true) String weightsSha256) {
      if (folder == null || !FOLDER.matcher(folder).matches()) {
        throw ConvoyException.data(
            "a member's folder is called such as members/00000; got '%s'", folder);
      }
      if (name == null || run == null || conv == null || weightsSha256 == null || step < 0) {
        throw ConvoyException.data(
            "a member has a name, a run, a step from 0, conv and weightsSha256; got"
                + " name=%s run=%s step=%s conv=%s weightsSha256=%s",
            name, run, step, conv, weightsSha256);
      }
      this.folder = folder;
      this.name = name;
      this.run = run;
      this.step = step;
      this.conv = conv;
      this.weightsSha256 = weightsSha256;
    }
  }

  @JsonCreator
  EnsembleDescription(
      @JsonProperty(value = "formatVersion", required = true) int formatVersion,
      @JsonProperty(value = "members", required = true) List<Entry> members,
      @JsonProperty(value = "average", required = true) OutputAverage average,
      @JsonProperty(value = "classes", required = true) List<String> classes) {
    this.formatVersion = formatVersion;
    this.members = List.copyOf(members);
    this.average = average;
    this.classes = List.copyOf(classes);
    int count = members.size();
    if (count < 1 || count > MOST_MEMBERS || count != average.weights().size()) {
      throw ConvoyException.data(
          "an ensemble has 1 to %d members, and a weight for each; got %d members and %d weights",
          MOST_MEMBERS, count, average.weights().size());
    }
  }
}
