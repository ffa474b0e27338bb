/**
 * What a classifier is worth, from each image's logits and true class: counts that any number of
 * tasks gather and that merge exactly ({@link io.convoy.evaluation.EvaluationCounter}, {@link
 * io.convoy.evaluation.EvaluationCounts}), the figures that follow from them ({@link
 * io.convoy.evaluation.EvaluationReport}), and these as text ({@link
 * io.convoy.evaluation.EvaluationTable}). It knows no networks, files or clusters.
 */
package io.convoy.evaluation;
