/**
 * Frames of lossy WebP (VP8 key frames, RFC 6386), bit for bit as libwebp shows them. Own code,
 * since the pure-Java reader that is well kept leaves loop filters out where a file has segments,
 * and spreads chroma in another way. Knows no container and no other format.
 */
package io.convoy.data.image.webp;
