package io.convoy.data.examine;

/**
 * A file that deserves a look.
 *
 * @param path the store's own
 * @param damaged whether it cannot be used; else it is read all the same
 * @param reason in words
 */
public record RejectedFile(String path, boolean damaged, String reason) {}
