/**
 * Networks as ONNX files, out and in: how each layer is written in ONNX's operators, and what of
 * these operators becomes which layer. ONNX keeps images as NCHW; what that means to weights and to
 * flattened images is settled here. Reads bytes that nobody vouches for.
 */
package io.convoy.format.onnx;
