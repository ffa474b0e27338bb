package io.convoy.data.image.jpeg;

/**
 * A component of a frame: a colour, or a difference of colours, with a resolution of its own.
 *
 * @param id what scans call it
 * @param h horizontal sampling factor, 1 to 4
 * @param v vertical sampling factor, 1 to 4
 * @param statedV the same as its file has it: a component that is alone is taken for 1x1
 * @param quantization the number of its quantisation table, 0 to 3
 * @param blockColumns blocks of 8x8 samples that its width takes
 * @param blockRows blocks that its height takes
 */
record Component(
    int id, int h, int v, int statedV, int quantization, int blockColumns, int blockRows) {}
