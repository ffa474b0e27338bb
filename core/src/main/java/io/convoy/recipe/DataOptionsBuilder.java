package io.convoy.recipe;

import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.Damaged;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.reader.FileOrder;
import io.convoy.operation.Extent;
import java.util.List;

/** Makes options like others but for what is changed. */
final class DataOptionsBuilder {
  private final DataOptions like;
  private List<String> classes;
  private String pathColumn;
  private String labelColumn;
  private String labelDelimiter;
  private Extent size;
  private Integer resizeShorter;
  private boolean stretch;
  private DecodeScale decode;
  private String background;
  private Damaged damaged;
  private DamageLimit maxDamaged;
  private FileOrder order;

  DataOptionsBuilder(DataOptions like) {
    this.like = like;
    labels(like.classes(), like.pathColumn(), like.labelColumn());
    labelDelimiter(like.labelDelimiter());
    size(like.size(), like.resizeShorter(), like.stretch(), like.decode());
    background(like.background());
    damaged(like.damaged(), like.maxDamaged());
    order(like.order());
  }

  DataOptionsBuilder labels(List<String> names, String paths, String labels) {
    classes = names;
    pathColumn = paths;
    labelColumn = labels;
    return this;
  }

  DataOptionsBuilder labelDelimiter(String between) {
    labelDelimiter = between;
    return this;
  }

  DataOptionsBuilder size(Extent to, Integer shorter, boolean stretched, DecodeScale scale) {
    size = to;
    resizeShorter = shorter;
    stretch = stretched;
    decode = scale;
    return this;
  }

  DataOptionsBuilder background(String colour) {
    background = colour;
    return this;
  }

  DataOptionsBuilder damaged(Damaged what, DamageLimit limit) {
    damaged = what;
    maxDamaged = limit;
    return this;
  }

  DataOptionsBuilder order(FileOrder other) {
    order = other;
    return this;
  }

  DataOptions build() {
    return new DataOptions(
        like.format(),
        like.path(),
        like.channels(),
        classes,
        pathColumn,
        labelColumn,
        labelDelimiter,
        size,
        resizeShorter,
        stretch,
        decode,
        background,
        damaged,
        maxDamaged,
        order);
  }
}
