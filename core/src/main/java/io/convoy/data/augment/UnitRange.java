package io.convoy.data.augment;

/** Scales alone: a pixel p of 0 to 255 becomes p / 255. */
public record UnitRange() implements Standardization {
  @Override
  public UnitRange unmeasured() {
    return this;
  }

  @Override
  public boolean complete() {
    return true;
  }

  @Override
  public UnitRange measured(TrainingPixels images) {
    return this;
  }
}
