package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code convoy explain} refuses, and in which words. */
final class ExplainRefusalsTest {
  @TempDir static Path folder;
  private static ExplainRig rig;

  private final Commands commands = new Commands();

  @BeforeAll
  static void train() throws IOException {
    rig = ExplainRig.in(folder);
  }

  /** The others are explained all the same. */
  @Test
  void anImageThatCannotBeRead() throws IOException {
    Path photos = folder.resolve("some");
    Files.createDirectories(photos);
    Files.copy(rig.crow(), photos.resolve("1.jpg"));
    Files.write(photos.resolve("2.png"), Arrays.copyOf(Files.readAllBytes(rig.dove()), 90));
    Files.copy(rig.dove(), photos.resolve("3.png"));
    Files.writeString(photos.resolve("notes.txt"), "no image");
    Path out = folder.resolve("broken");
    int exit =
        commands.run("explain", rig.run().toString(), photos.toString(), "--out", out.toString());
    assertEquals(Commands.DATA, exit);
    assertTrue(
        commands
            .err()
            .contains("convoy: 1 of 3 images cannot be read, and the others are explained: "),
        commands::err);
    assertTrue(commands.err().contains("some/2.png"), commands::err);
    assertTrue(commands.err().contains("left out 1 as no images: "), commands::err);
    JsonNode figures = rig.figures("broken");
    assertEquals(2, figures.get("images").size());
    assertEquals(1, figures.get("failed").size());
    assertTrue(Files.exists(out.resolve("002-3-seen.png")));
    assertTrue(Files.exists(out.resolve("index.html")));
    Path nothing = folder.resolve("nothing");
    commands.fails(
        Commands.DATA,
        List.of("explain", rig.run().toString(), photos + "/2.*", "--out", nothing.toString()),
        "none of the images can be read, so there is nothing to explain: ",
        "some/2.png");
    assertFalse(Files.exists(nothing));
  }

  @Test
  void placesWhereNoneCanBe() throws IOException {
    Path mine = folder.resolve("mine");
    Files.createDirectories(mine);
    Files.writeString(mine.resolve("letter.txt"), "dear");
    commands.fails(
        Commands.USAGE,
        rig.words("mine"),
        "an explanation goes into a folder that is empty or not there yet, or in place of another"
            + " explanation; this one has letter.txt: name another");
    // a list that leads elsewhere is nobody's of ours
    Files.writeString(mine.resolve("explain.json"), "{\"files\": [\"../small.yaml\"]}");
    commands.fails(Commands.USAGE, rig.words("mine"), "this one has explain.json: name another");
    assertTrue(Files.exists(folder.resolve("small.yaml")));
    commands.fails(Commands.USAGE, rig.words("small.yaml"), "is a file: name a folder");
  }

  @Test
  void whatIsWrongIsToldInOneLine() throws IOException {
    commands.fails(
        Commands.USAGE,
        rig.words("no", "--layer", "conv9"),
        "'conv9' is none of the layers that inference computes: conv1, relu1, pool1, conv2");
    commands.fails(
        Commands.USAGE,
        rig.words("no", "--layer", "mean"),
        "the output of layer 'mean' is",
        "a map needs one of more than a pixel",
        "name one of conv1");
    commands.fails(
        Commands.USAGE,
        rig.words("no", "--class", "dofe"),
        "--class dofe: ",
        " has no such class, did you mean 'dove'? name one of its 2, or its number from 0 to 1:"
            + " crow, dove");
    commands.fails(
        Commands.USAGE, rig.words("no", "--class", "2"), "--class 2: ", "has no such class");
    commands.fails(
        Commands.USAGE,
        rig.words("no", "--filter", "conv2"),
        "--filter is LAYER:NUMBER, such as conv1:0, with numbers from 0; got 'conv2'");
    commands.fails(Commands.USAGE, rig.words("no", "--filter", "conv2:12"), "conv2", "12");
    commands.fails(
        Commands.USAGE, rig.words("no", "--count", "0"), "--count must be at least 1; got 0");
    commands.fails(
        Commands.USAGE, rig.words("no", "--maps", "0"), "--maps must be at least 1; got 0");
    commands.fails(
        Commands.USAGE,
        rig.words("no", "--occlusion-size", "13"),
        "squares have 1 to 12 pixels, the shorter side of the network's input");
    commands.fails(
        Commands.USAGE,
        rig.words("no", "--set", rig.data().toString(), "--embedding", "none"),
        "'none'");
    commands.fails(
        Commands.DATA,
        rig.words("no", "--set", folder.resolve("photos").toString()),
        "photos: there is no folder train in it");
    commands.fails(
        Commands.DATA,
        List.of("explain", rig.run().toString(), folder + "/no*.png", "--out", folder + "/no"),
        "there is nothing of that name: name an image, a folder or a glob");
    assertFalse(Files.exists(folder.resolve("no")));
  }

  /** There is no one network in it to look into. */
  @Test
  void anEnsembleIsSeveralNetworks() throws IOException {
    Path ensemble = Files.createDirectories(folder.resolve("ensemble"));
    Files.writeString(ensemble.resolve("ensemble.json"), "{}");
    commands.fails(
        Commands.USAGE,
        List.of("explain", ensemble.toString(), rig.crow().toString(), "--out", folder + "/no"),
        "ensemble is an ensemble, and explain looks into one network: name one of its members, such"
            + " as "
            + ensemble
            + "/members/00000");
  }
}
