package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a key stands in any recipe: the keys from the top, with the type of what has one and
 * without numbers of list elements, such as {@code optimizer[sgd].momentum} and {@code
 * network.layers[conv2d].kernel}.
 *
 * @param text as it is written; empty for the recipe itself
 */
record RecipePath(String text) {
  static final RecipePath TOP = new RecipePath("");

  /** The path of a key in the object that this path leads to. */
  RecipePath key(String key) {
    return new RecipePath(text.isEmpty() ? key : text + "." + key);
  }

  /** The path of an object of this type. */
  RecipePath type(String type) {
    return new RecipePath(text + "[" + type + "]");
  }

  /** The path of the object that stands here, with its type if it names one. */
  RecipePath at(JsonNode object) {
    JsonNode type = object.path("type");
    return type.isTextual() ? type(type.textValue()) : this;
  }
}
