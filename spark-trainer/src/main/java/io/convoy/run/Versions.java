package io.convoy.run;

/**
 * What a run was started with, kept so that a result can be traced and a resume compared.
 *
 * @param code Convoy's version
 * @param numerics the numerics version: what decides bits
 * @param java the Java runtime
 * @param spark Spark's version
 * @param decoder what decodes image files, with versions: decoders may differ in pixels
 * @param machine operating system, architecture and processors of the driver
 */
public record Versions(
    String code, int numerics, String java, String spark, String decoder, String machine) {}
