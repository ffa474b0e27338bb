/**
 * What a person sees while a network trains or a file comes in: a bar on a terminal, plain lines
 * elsewhere.
 */
package io.convoy.launcher.progress;
