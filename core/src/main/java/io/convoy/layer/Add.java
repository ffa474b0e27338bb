package io.convoy.layer;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.AdditionOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/** The sum of two or more inputs of one shape, added in their order: a residual connection. */
public record Add() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() < 2 || inputs.stream().distinct().count() != 1) {
      throw ConvoyException.usage("add takes two or more inputs of one shape; got %s", inputs);
    }
    return inputs.get(0);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean addsGradient(int k) {
    return true;
  }

  @Override
  public boolean sums() {
    return true;
  }

  @Override
  public Absorption absorbs() {
    return Absorption.RECTIFIER;
  }

  @Override
  public Operation bind(Binding binding) {
    return new AdditionOperation(binding);
  }
}
