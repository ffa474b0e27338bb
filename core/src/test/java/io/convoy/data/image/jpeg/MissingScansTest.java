package io.convoy.data.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.PlaneBytes;
import io.convoy.data.raster.Planes;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.provider.KernelProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Progressive files that are whole, but lack scans. The table {@code jpeg-scans/expected.tsv} has
 * what libjpeg-turbo 2.1.5 reads in them, with many scans left out in all ways; {@code make.py}
 * beside it says how it was made.
 */
class MissingScansTest {
  private final JpegDecoder decoder = new JpegDecoder(KernelProvider.kernels().jpeg());
  private final Planes pixels = new Planes();

  static Stream<JpegKernels> providers() {
    return JpegPixelsTest.providers();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void pixelsAreThoseOfLibjpegTurbo(JpegKernels kernels) {
    JpegDecoder each = new JpegDecoder(kernels);
    List<String> different = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int compared = 0;
    for (String line :
        new String(JpegFiles.known("expected.tsv"), StandardCharsets.UTF_8).split("\n")) {
      String[] row = line.split("\t");
      names.add(row[0] + ".jpg");
      byte[] whole = JpegFiles.known(row[0] + ".jpg");
      Set<Integer> kept =
          Arrays.stream(row[1].split(",")).map(Integer::valueOf).collect(Collectors.toSet());
      byte[] jpeg = JpegFiles.keeping(whole, kept);
      for (Scale scale : Scale.values()) {
        compared++;
        String hash = decode(each, jpeg, scale);
        if (!hash.startsWith(row[2 + scale.ordinal()])) {
          different.add(line + " " + scale);
        }
        assertEquals(jpeg.length < whole.length, each.lacksScans(), line);
      }
    }
    assertEquals(List.of(), different);
    assertEquals(Set.copyOf(JpegFiles.KNOWN), names);
    assertTrue(compared > 800, compared + " compared");
  }

  private String decode(JpegDecoder with, byte[] jpeg, Scale scale) {
    with.open(jpeg, "x");
    with.decode(scale, Crop.whole(scale.of(with.height()), scale.of(with.width())), pixels);
    return PlaneBytes.hash(pixels);
  }

  @Test
  void theNextImageIsWholeAgain() {
    byte[] whole = JpegFiles.known("420-31x17.jpg");
    decode(decoder, JpegFiles.keeping(whole, Set.of(0)), Scale.FULL);
    assertTrue(decoder.lacksScans());
    decode(decoder, whole, Scale.FULL);
    assertFalse(decoder.lacksScans());
  }

  @Test
  void anEndOfImageBehindCutDataDoesNotMakeThemWhole() {
    byte[] whole = JpegFiles.known("grey-101x67.jpg");
    assertRefused(
        Arrays.copyOf(whole, whole.length - 2),
        "it ends after %s bytes, before its end-of-image marker".formatted(whole.length - 2));
    byte[] cut = Arrays.copyOf(whole, whole.length - 10);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertRefused(cut, "its data end before the image is complete");
  }

  /** Coarse pixels are pixels; those of a colour of which nothing is there would be made up. */
  @Test
  void eachComponentNeedsItsDc() {
    byte[] whole = JpegFiles.known("420-31x17.jpg");
    byte[] luma = JpegFiles.keeping(whole, Set.of(0));
    int scan = IntStream.range(0, luma.length).filter(i -> isScan(luma, i)).findFirst().getAsInt();
    // the first scan's header, now of one component
    byte[] one = new byte[luma.length - 4];
    System.arraycopy(luma, 0, one, 0, scan + 7);
    System.arraycopy(luma, scan + 11, one, scan + 7, luma.length - scan - 11);
    one[scan + 3] = 8;
    one[scan + 4] = 1;
    assertRefused(one, "a scan is missing: component 2 has none");
    Set<Integer> withoutDc = Set.of(1, 2, 3);
    assertRefused(JpegFiles.keeping(whole, withoutDc), "a component's first scan brings no DC");
    assertRefused(JpegFiles.keeping(whole, Set.of()), "it has no scan");
  }

  private static boolean isScan(byte[] jpeg, int at) {
    return jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xDA;
  }

  @Test
  void aRefinementFollowsOnItsScanBefore() {
    byte[] whole = JpegFiles.known("grey-101x67.jpg");
    assertRefused(
        JpegFiles.keeping(whole, Set.of(0, 1, 6)),
        "a scan brings bits of coefficient 1 that do not follow on those before");
  }

  private void assertRefused(byte[] jpeg, String reason) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> decode(decoder, jpeg, Scale.FULL));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertEquals(
        "x: the JPEG is damaged (%s): fetch it again, or take it out of the data set"
            .formatted(reason),
        e.getMessage());
  }
}
