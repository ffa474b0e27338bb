package io.convoy.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.FineTuning.Head;
import io.convoy.schedule.Constant;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FineTuningTest {
  @ParameterizedTest
  @CsvSource({
    "conv1.weight, conv1.weight, true",
    "conv1, conv1.weight, true",
    "conv1, conv10.weight, false",
    "conv1*, conv10.weight, true",
    "layer1, layer1.0.bn1.running_mean, true",
    "layer1.0, layer1.0.bn1.running_mean, true",
    "layer1.1, layer1.0.bn1.running_mean, false",
    "layer, layer1.0.conv1.weight, false",
    "layer?, layer1.0.conv1.weight, true",
    "layer?, layer12.0.conv1.weight, false",
    "*.bias, fc.bias, true",
    "*.bias, bias, false",
    "*, fc.bias, true",
    "*bn*, layer1.0.bn1.weight, true",
    "l*2.w, l12.2.w, true",
    "a*b*c, axxbyybzzc, true",
    "a*b*c, axxbyybzz, false",
    "weight, conv1.weight, false",
  })
  void patternsAreOfNamesOrOfTheirBeginnings(String pattern, String name, boolean matches) {
    assertEquals(matches, NamePattern.of(pattern).matches(name));
  }

  private static FineTuning parse(String json) {
    JsonNode tree =
        Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonNode.class, "test");
    return Json.value(tree, FineTuning.class, "");
  }

  @Test
  void itIsReadAsItIsWritten() {
    FineTuning read =
        parse(
            "{'weights':'w','head':'replace','freeze':['conv1',{'names':'bn*','epochs':2},"
                + "{'names':'x','epochs':0}],'rates':[{'names':'fc','factor':10}]}");
    assertEquals(
        FineTuning.from("w")
            .withHead(Head.REPLACE)
            .withFreeze(Freeze.of("conv1"), new Freeze("bn*", 2), Freeze.of("x"))
            .withRates(new RateFactor("fc", 10)),
        read);
    assertEquals(read, parse(Json.text(read)));
    FineTuning summed = read.withSha256("ab".repeat(32));
    assertEquals(summed, parse(Json.text(summed)));
    assertEquals(Head.KEEP, parse("{'weights':'w'}").head());
  }

  @Test
  void theLongestFreezeAndTheLastFactorCount() {
    FineTuning tuning =
        parse(
            "{'freeze':[{'names':'a*','epochs':3},{'names':'ab','epochs':1},'abc'],"
                + "'rates':[{'names':'a*','factor':0.5},{'names':'ab.bias','factor':2}]}");
    assertEquals(3, tuning.frozenEpochs("ab.weight"));
    assertEquals(FineTuning.FOR_GOOD, tuning.frozenEpochs("abc.weight"));
    assertEquals(0, tuning.frozenEpochs("b.weight"));
    assertEquals(0.5f, tuning.rateFactor("ab.weight"));
    assertEquals(2f, tuning.rateFactor("ab.bias"));
    assertEquals(1f, tuning.rateFactor("b.weight"));
  }

  private static void refused(String message, String json) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> recipe(parse(json)));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().endsWith(message), error.getMessage());
  }

  private static Recipe recipe(FineTuning tuning) {
    return new RecipeBuilder()
        .network(
            Network.input(5, 5, 1)
                .then("conv", Conv2d.of(2, 3))
                .then("bn", BatchNorm2d.standard())
                .then("pool", new GlobalAvgPool())
                .then("fc", Linear.of(2))
                .build())
        .data(new DataOptions(new Folders(), null, null))
        .batchSize(8)
        .epochs(2)
        .optimizer(new Sgd(0.9f, false, 0, false))
        .schedule(new Constant(0.1, 0))
        .fineTuning(tuning)
        .build();
  }

  @Test
  void whatMeansNothingIsRefused() {
    refused(
        "fineTuning: give weights (what to start from), freeze or rates; got none of them", "{}");
    refused(
        "fineTuning.head: replace goes with fineTuning.weights, which is missing",
        "{'head':'replace','freeze':['conv']}");
    refused(
        "fineTuning.sha256 goes with fineTuning.weights, which is missing",
        "{'sha256':'ab','freeze':['conv']}");
    refused(
        "fineTuning.sha256 must be 64 hexadecimal digits, 0-9 and a-f; got 'ab'",
        "{'weights':'w','sha256':'ab'}");
    refused(
        "fineTuning.freeze: 'conv1' matches no array of the network; they are called like"
            + " [conv.weight, conv.bias, bn.weight, bn.bias]",
        "{'freeze':['conv1']}");
    refused(
        "fineTuning.rates: 'fc?' matches no array of the network; they are called like"
            + " [conv.weight, conv.bias, bn.weight, bn.bias]",
        "{'rates':[{'names':'fc?','factor':2}]}");
    refused(
        "fineTuning.freeze leaves nothing to train: every parameter matches one of [conv, *]",
        "{'freeze':['conv','*']}");
    refused(
        "fineTuning.rates: the factor of 'fc' must be above 0; got 0.0; to leave arrays as they are,"
            + " name them in fineTuning.freeze",
        "{'rates':[{'names':'fc','factor':0}]}");
    refused(
        "fineTuning.freeze: epochs must be at least 0 (all epochs); got -1",
        "{'freeze':[{'names':'fc','epochs':-1}]}");
    refused(
        "fineTuning.freeze: names must be a pattern of letters, digits, _ . / - and * ?; got 'f c'",
        "{'freeze':['f c']}");
    refused(
        "fineTuning.freeze: names must be a pattern of letters, digits, _ . / - and * ?; got none",
        "{'freeze':[{'epochs':1}]}");
    assertNotNull(recipe(parse("{'freeze':[{'names':'*','epochs':1}]}")).fineTuning());
  }
}
