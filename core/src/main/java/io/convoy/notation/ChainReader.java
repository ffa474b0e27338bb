package io.convoy.notation;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.JsonErrors;
import io.convoy.layer.Flatten;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.notation.NetworkGrammarParser.ItemContext;
import io.convoy.notation.NetworkGrammarParser.LayerContext;
import io.convoy.notation.NetworkGrammarParser.NetworkContext;
import io.convoy.notation.NetworkGrammarParser.TurnsContext;
import io.convoy.tensor.Shape;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Builds the network that a notation's tree describes, layer by layer. */
final class ChainReader {
  /** Layers at the most, and turns of all repeats: more is a mistake, and takes its time. */
  private static final int MOST = 4096;

  private final NotationText text;
  private final NotationValues values;
  private final ArgumentReader arguments;
  private Network.Builder network;
  private Shape shape;
  private int layers;
  private int turns;

  ChainReader(NotationText text, NotationValues values) {
    this.text = text;
    this.values = values;
    this.arguments = new ArgumentReader(text, values);
  }

  /**
   * @throws ConvoyException of kind USAGE when a name, an argument or a shape does not fit
   */
  Network read(NetworkContext tree) {
    List<ItemContext> items = tree.chain().item();
    start(items.get(0));
    items.subList(1, items.size()).forEach(this::item);
    values.requireAllTaken();
    return text.at(items.get(0).getStart(), network::build);
  }

  private void start(ItemContext first) {
    if (first.layer() == null || !isInput(first.layer()) || first.getChildCount() > 1) {
      throw text.error(
          first.getStart(),
          "a network starts with its input, INPUT(height, width, channels), such as"
              + " INPUT(28,28,1)");
    }
    int[] extents = arguments.input(first.layer());
    text.at(
        first.getStart(),
        () -> {
          shape = Shape.of(extents);
          network = Network.input(extents);
          return network;
        });
  }

  private static boolean isInput(LayerContext layer) {
    return layer.NAME().getText().equalsIgnoreCase(LayerForm.INPUT);
  }

  private void item(ItemContext item) {
    int count = count(item);
    for (int turn = 0; turn < count; turn++) {
      if (++turns > MOST) {
        throw text.error(
            item.getStop(),
            "the repeats of a network have at most %s turns in all".formatted(MOST));
      }
      if (item.layer() != null) {
        layer(item.layer());
      } else {
        item.chain().item().forEach(this::item);
      }
    }
  }

  /** How often an item stands in the network. */
  private int count(ItemContext item) {
    if (item.OPTIONAL() != null) {
      return isIn(item) ? 1 : 0;
    }
    return item.turns() == null ? 1 : turns(item.turns());
  }

  private int turns(TurnsContext count) {
    Token token = count.getStart();
    JsonNode value =
        count.NAME() == null
            ? text.at(token, () -> ArgumentReader.number(token.getText()))
            : named(
                token,
                token.getText(),
                "how often? give %1$s a value, such as values: {%1$s: 2}"
                    .formatted(token.getText()));
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > MOST) {
      throw text.error(
          token,
          "a repeat has a whole number of turns from 0 to %s; got %s"
              .formatted(MOST, JsonErrors.describe(value)));
    }
    return value.intValue();
  }

  /** Whether something optional is there: its name, or that of a group's first layer, says it. */
  private boolean isIn(ItemContext item) {
    ItemContext first = item;
    while (first.layer() == null) {
      first = first.chain().item(0);
    }
    String name = first.layer().NAME().getText() + "?";
    Token mark = item.OPTIONAL().getSymbol();
    JsonNode value =
        named(
            mark,
            name,
            "is it there? give '%1$s' a value, such as values: {%1$s: true}".formatted(name));
    if (!value.isBoolean()) {
      throw text.error(
          mark,
          "%s is there or not: its value is true or false; got %s"
              .formatted(name, JsonErrors.describe(value)));
    }
    return value.booleanValue();
  }

  private JsonNode named(Token token, String name, String missing) {
    return text.at(token, () -> values.next(name)).orElseThrow(() -> text.error(token, missing));
  }

  private void layer(LayerContext written) {
    Token token = written.getStart();
    if (isInput(written)) {
      throw text.error(token, "INPUT stands at the start and nowhere else");
    }
    if (++layers > MOST) {
      throw text.error(token, "a notation has at most %s layers".formatted(MOST));
    }
    Layer layer = arguments.layer(written, shape.channels());
    text.at(
        token,
        () -> {
          if (layer instanceof Linear && shape.isImage()) {
            add(new Flatten());
          }
          add(layer);
          return network;
        });
  }

  private void add(Layer layer) {
    network.then(layer);
    shape = layer.outputShape(List.of(shape));
  }
}
