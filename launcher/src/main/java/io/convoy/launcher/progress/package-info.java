/** What a person sees while a network trains: a bar on a terminal, plain lines elsewhere. */
package io.convoy.launcher.progress;
