/**
 * Prediction in a user's own session of Spark: a function for SQL, and one from table to table. No
 * more than Spark SQL is needed; what stands on Spark ML is in {@code io.convoy.ml}.
 */
package io.convoy.sql;
