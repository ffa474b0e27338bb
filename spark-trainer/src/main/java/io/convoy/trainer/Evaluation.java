package io.convoy.trainer;

import io.convoy.evaluation.EvaluationReport;
import io.convoy.train.Evaluator;

/**
 * What a state makes of a set.
 *
 * @param result loss and accuracy as training computes them, in fp32
 * @param report all figures, with the paths of images
 */
public record Evaluation(Evaluator.Result result, EvaluationReport report) {}
