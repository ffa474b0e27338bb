package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunCurvesTest {
  @Test
  void eachKeyIsACurve() {
    RunCurves curves = new RunCurves();
    add(curves, "{'step':1,'epoch':0,'samples':4,'loss':2.5,'correct':1,'rate':0.1,'seconds':0.5}");
    add(
        curves,
        "{'step':2,'epoch':0,'samples':2,'loss':1.5,'correct':1,'rate':0.2,'seconds':0.25}");
    add(curves, "{'step':2,'validationLoss':1.75,'validationAccuracy':0.5,'validationSamples':9}");
    add(curves, "{'step':3,'epoch':1,'samples':4,'loss':1,'correct':3,'rate':0.2,'seconds':0.5}");
    JsonNode json = curves.json();
    assertEquals(3, curves.lastStep());
    assertEquals(10, json.get("samples").asLong());
    assertEquals(1.25, json.get("stepSeconds").asDouble());
    assertEquals("[[0,1],[1,3]]", json.get("epochs").toString());
    assertEquals("[2.5,1.5,1.0]", json.at("/curves/loss/y").toString());
    assertEquals("[0.25,0.5,0.75]", json.at("/curves/accuracy/y").toString());
    assertEquals("{\"x\":[2],\"y\":[1.75]}", json.at("/curves/validationLoss").toString());
    assertNull(json.get("curves").get("gradientNorm"));
  }

  @Test
  void ranksAndLayersAreSummedUp() {
    RunCurves curves = new RunCurves();
    add(curves, "{'step':1,'executors':[{'rank':1,'executor':'7','host':'h'}]}");
    String step = "'samples':4,'loss':2,'seconds':2,'ranks':[{'compute':1,'dataWait':0.5},";
    add(curves, "{'step':1," + step + "{'compute':1.5,'dataWait':0}]}");
    add(curves, "{'step':2," + step + "{'compute':2.5,'dataWait':0}]}");
    add(curves, "{'step':1,'health':{'layers':[{'name':'a','updateRatio':0.5}]}}");
    add(curves, "{'step':2,'health':{'layers':[{'name':'a','updateRatio':0.25}]}}");
    JsonNode json = curves.json();
    assertEquals(
        "[{\"executor\":\"\",\"host\":\"\",\"compute\":2.0,\"dataWait\":1.0,\"exchange\":1.0},"
            + "{\"executor\":\"7\",\"host\":\"h\",\"compute\":4.0,\"dataWait\":0.0,"
            + "\"exchange\":0.5}]",
        json.get("ranks").toString());
    assertEquals(
        "{\"step\":2,\"layers\":[{\"name\":\"a\",\"updateRatio\":0.25}]}",
        json.get("health").toString());
  }

  @Test
  void linesOfAnotherKindArePassedOver() {
    RunCurves curves = new RunCurves();
    add(curves, "{'snapshot':1}");
    add(curves, "{'step':-4,'loss':1,'samples':1}");
    add(curves, "{'step':4,'loss':'NaN','samples':1}");
    add(curves, "{'step':5,'snapshot':1}");
    assertEquals(0, curves.lastStep());
    assertEquals("{}", curves.json().get("curves").toString());
  }

  private static void add(RunCurves curves, String line) {
    byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    curves.add(Json.readFile(bytes, JsonNode.class, ""));
  }
}
