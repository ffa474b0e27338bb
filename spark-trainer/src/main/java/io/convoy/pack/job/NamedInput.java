package io.convoy.pack.job;

/**
 * A set that is to be packed.
 *
 * @param name the folder that it gets below the output; empty for the output itself
 * @param input where its images come from
 */
record NamedInput(String name, PackInput input) {
  /** What people call it. */
  String inWords() {
    return name.isEmpty() ? "the set" : name;
  }
}
