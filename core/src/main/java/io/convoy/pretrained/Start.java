package io.convoy.pretrained;

import java.util.Optional;

/**
 * What a training starts from.
 *
 * @param weights the state vector at step 0; given away, not copied
 * @param report what of it others have trained; empty where nothing is
 */
public record Start(float[] weights, Optional<StartReport> report) {}
