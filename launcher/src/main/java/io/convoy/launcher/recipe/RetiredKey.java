package io.convoy.launcher.recipe;

/**
 * A key that recipes once had, and what stands for it now.
 *
 * @param path where it stood, as {@link RecipePath} writes it: {@code clip.limit}, {@code
 *     optimizer[sgd].dampening}; for a type that is gone, {@code schedule[linear]}
 * @param since the first version of Convoy that does not know it
 * @param instead what to write now, as the end of a sentence: {@code write clip.value}
 */
record RetiredKey(String path, String since, String instead) {}
