/**
 * What lies in folders and archives of images, by names: which folders are the sets and the
 * classes, what is an image, what is left out. Whoever reads or packs images goes by these rules.
 */
package io.convoy.data.folder;
