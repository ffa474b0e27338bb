package io.convoy.targets;

/** What a sample is to be taken for: an immutable value. A loss says which kinds it takes. */
public sealed interface Target permits ClassLabel, LabelMix, DenseTarget {}
