package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a network looks at, as figures, pictures and a page: a function of the model, the images,
 * the set and the wishes; but for the seconds.
 *
 * @param figures of all
 * @param files by name, beside the page
 * @param page for a browser, in which all that it shows stands
 * @param seconds that images, filters and the set took
 */
public record Explanation(
    ObjectNode figures, Map<String, byte[]> files, byte[] page, Map<String, Double> seconds) {}
