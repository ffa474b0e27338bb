package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes trees as YAML 1.2, which reads back as the same tree. */
public final class YamlText {
  private static final int WIDTH = 100;

  private YamlText() {}

  /** A recipe's text: a line a key, what holds no further mappings or lists in one line. */
  public static String of(ObjectNode recipe) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setSchema(new CoreSchema())
            .setWidth(WIDTH)
            .build();
    return new Dump(settings).dumpToString(plain(recipe));
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> mapping = new LinkedHashMap<>();
      node.properties().forEach(entry -> mapping.put(entry.getKey(), plain(entry.getValue())));
      return mapping;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(plain(element)));
      return list;
    }
    if (node.isNumber()) {
      return node.numberValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNull() ? null : node.textValue();
  }
}
