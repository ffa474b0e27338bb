/** A page in the browser that shows runs while they go: {@code convoy board}. */
package io.convoy.launcher.board;
