/**
 * Training and prediction as stages of Spark ML's pipelines. The one package that needs
 * spark-mllib: nothing else refers to it, so Convoy runs where that is not there.
 */
package io.convoy.ml;
