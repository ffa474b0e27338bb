package io.convoy.data.image.jpeg;

import java.util.List;

/**
 * What a scan header says (ITU-T T.81, B.2.3): which coefficients of which components it brings.
 *
 * @param parts the components, in their order
 * @param first the first coefficient, in the order of the zigzag
 * @param last the last one
 * @param high the bit above those that the scan brings, 0 in a coefficient's first scan
 * @param low the lowest bit that the scan brings
 */
record Scan(List<Part> parts, int first, int last, int high, int low) {

  /**
   * A component in a scan.
   *
   * @param index of the component in the frame
   * @param dc the number of its Huffman table for DC, 0 to 3
   * @param ac the number of its Huffman table for AC, 0 to 3
   */
  record Part(int index, int dc, int ac) {}
}
