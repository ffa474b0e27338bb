/** The driver's side of training on Spark: jobs, the loop over segments, evaluation, outcomes. */
package io.convoy.trainer;
