/**
 * The contact sheet of {@code convoy preview}: which images are shown, what is drawn of them, by
 * which letters. What the network sees comes from the classes that train.
 */
package io.convoy.launcher.preview;
