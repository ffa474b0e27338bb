/** What a process was started from: jars, and what their manifests say. */
package io.convoy.release;
