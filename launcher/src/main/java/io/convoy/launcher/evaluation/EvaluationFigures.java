package io.convoy.launcher.evaluation;

import io.convoy.evaluation.EvaluationReport;

/**
 * What a test has shown.
 *
 * @param step of the checkpoint; null of what is more than one checkpoint, as it is
 * @param report all figures
 * @param accuracy in [0, 1], as the terminal gets it
 * @param loss in nats, likewise; NaN where an image has none
 * @param subject the line that says what was tested
 */
public record EvaluationFigures(
    Long step, EvaluationReport report, double accuracy, double loss, String subject) {}
